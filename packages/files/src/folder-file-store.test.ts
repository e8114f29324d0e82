import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import * as disk from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { Document, Packer, Paragraph } from 'docx'
import type { FileStore } from './file-store.ts'
import { plainFileName } from './file-store.ts'
import type { WritingDisk } from './folder-file-store.ts'
import { openFolderFileStore } from './folder-file-store.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function freshFolder(t: TestContext): Promise<string> {
  const folder = await disk.mkdtemp(join(tmpdir(), 'dulian-files-'))
  t.after(() => disk.rm(folder, { recursive: true, force: true }))
  return folder
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await disk.readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function readAll(store: FileStore, office: string, hash: string): Promise<Buffer | undefined> {
  const file = await store.open(office, hash)
  return file === undefined ? undefined : Buffer.concat(await file.content.toArray())
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (isDomainError(error)) return error.code
    throw error
  }
}

async function* inPieces(content: Buffer): AsyncIterable<Uint8Array> {
  for (let at = 0; at < content.length; at += 10) yield content.subarray(at, at + 10)
}

test('a file is kept by its content and read back byte for byte', async (t) => {
  const folder = await freshFolder(t)
  const store = await openFolderFileStore({ folder })
  const stored = await store.put('yongchuan', inPieces(PNG), { name: '消防栓.png' })
  assert.deepEqual(stored, {
    hash: createHash('sha256').update(PNG).digest('hex'),
    size: PNG.length,
    mediaType: 'image/png',
    name: '消防栓.png',
  })
  assert.deepEqual(await readAll(store, 'yongchuan', stored.hash), PNG)
  assert.deepEqual(await store.find('yongchuan', stored.hash), stored)

  const reopened = await openFolderFileStore({ folder })
  const file = await reopened.open('yongchuan', stored.hash)
  assert.equal(file?.mediaType, 'image/png')
  assert.equal(file?.name, '消防栓.png')
  file?.content.destroy()
})

test('the same file twice, also at once, is kept once', async (t) => {
  const folder = await freshFolder(t)
  const store = await openFolderFileStore({ folder })
  const put = () => store.put('yongchuan', PNG, { name: 'a.png' })
  const [first, second] = await Promise.all([put(), put()])
  assert.deepEqual(await put(), first)
  assert.deepEqual(second, first)
  assert.equal((await filesUnder(folder)).length, 2, 'the content and the words about it')
})

test('another office does not see the file, and nothing but a hash is ever looked up', async (t) => {
  const store = await openFolderFileStore({ folder: await freshFolder(t) })
  const { hash } = await store.put('yongchuan', PNG, { name: 'a.png' })
  assert.equal(await store.find('qijiang', hash), undefined)
  assert.equal(await store.open('qijiang', hash), undefined)
  assert.equal(await store.open('yongchuan', '../yongchuan'), undefined)
  assert.equal(await store.open('../yongchuan', hash), undefined)
  assert.equal(await store.open('yongchuan', hash.toUpperCase()), undefined)
  await assert.rejects(store.put('../elsewhere', PNG, { name: 'a.png' }))
})

test('a full disk says so, leaves nothing behind, and the same file goes in when there is space', async (t) => {
  const folder = await freshFolder(t)
  let full = true
  const noSpace = (): Error => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  const writingDisk: WritingDisk = {
    ...disk,
    open: async (...given) => {
      const file = await disk.open(...given)
      if (!full) return file
      // Half of it still fits, as on a real disk.
      file.writeFile = async (data) => {
        if (data instanceof Uint8Array) await file.write(data.subarray(0, data.length / 2))
        throw noSpace()
      }
      return file
    },
  }
  const store = await openFolderFileStore({ folder, writingDisk })
  assert.equal(await codeOf(store.put('yongchuan', PNG, { name: 'a.png' })), 'STORAGE_FULL')
  assert.deepEqual(await filesUnder(folder), [])
  full = false
  const { hash } = await store.put('yongchuan', PNG, { name: 'a.png' })
  assert.deepEqual(await readAll(store, 'yongchuan', hash), PNG)
})

test('the content decides the type; names and disguises do not', async (t) => {
  const store = await openFolderFileStore({ folder: await freshFolder(t) })
  const typeOf = async (content: Uint8Array, name: string): Promise<string> => {
    try {
      return (await store.put('yongchuan', content, { name })).mediaType
    } catch (error) {
      if (isDomainError(error)) return error.code
      throw error
    }
  }
  assert.equal(await typeOf(PNG, 'letter.docx'), 'FILE_NAME_MISLEADS')
  assert.equal(await typeOf(PNG, '照片.jpg'), 'image/png', 'phones call every picture JPG')
  assert.equal(await typeOf(PNG, '照片'), 'image/png')
  assert.equal(await typeOf(Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n'), '报告.pdf'), 'application/pdf')
  assert.equal(await typeOf(Buffer.from('教室门锁已更换\r\n'), 'note.txt'), 'text/plain; charset=utf-8')
  assert.equal(
    await typeOf(Buffer.from([0xbd, 0xcc, 0xca, 0xd2, 0x0d, 0x0a]), 'gbk.txt'),
    'text/plain; charset=gb18030',
  )
  assert.equal(
    await typeOf(Buffer.from('<html><script>1</script>'), 'page.png'),
    'FILE_NAME_MISLEADS',
    'who saves it opens a page',
  )
  const letter = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('整改报告')] }] }))
  assert.equal(
    await typeOf(letter, '报告.docx'),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  )
  for (const [content, name] of [
    [Buffer.from('MZ\u0090\u0000\u0003\u0000\u0000\u0000', 'latin1'), '照片.jpg'],
    [Buffer.from('\u007fELF\u0002\u0001\u0001\u0000', 'latin1'), 'a.pdf'],
    [Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000', 'latin1'), 'a.docx'],
    [Buffer.from([0, 1, 2, 3, 4, 5]), 'a.txt'],
    [Buffer.from('GIF89a\u0001\u0000\u0001\u0000', 'latin1'), 'a.jpg'],
  ] as const) {
    assert.equal(await typeOf(content, name), 'FILE_TYPE_NOT_ALLOWED', name)
  }
})

test('too large and empty files are refused while they come in', async (t) => {
  const folder = await freshFolder(t)
  const store = await openFolderFileStore({ folder, largest: 1_048_576 })
  let sent = 0
  async function* endless(): AsyncIterable<Uint8Array> {
    for (;;) {
      sent += 1
      yield new Uint8Array(65_536).fill(0x61)
    }
  }
  assert.equal(await codeOf(store.put('yongchuan', endless(), { name: 'a.txt' })), 'FILE_TOO_LARGE')
  assert.equal(sent, 17)
  assert.equal(await codeOf(store.put('yongchuan', Buffer.alloc(1_048_577, 0x61), { name: 'a.txt' })), 'FILE_TOO_LARGE')
  assert.equal(await codeOf(store.put('yongchuan', Buffer.alloc(0), { name: 'a.txt' })), 'FILE_EMPTY')
  assert.deepEqual(await filesUnder(folder), [])
})

test('names are shown without paths, control characters and endless length', () => {
  assert.equal(plainFileName('C:\\桌面\\整改 报告.docx'), '整改 报告.docx')
  assert.equal(plainFileName('../../etc/passwd'), 'passwd')
  assert.equal(plainFileName('a\u0000b\u202egnp.exe'), 'abgnp.exe')
  assert.equal(plainFileName(''), '未命名文件')
  assert.equal(plainFileName('..'), '未命名文件')
  assert.equal(plainFileName('\ud800'), '\ufffd')
  const long = plainFileName(`${'很'.repeat(500)}.pdf`)
  assert.equal([...long].length, 120)
  assert.ok(long.endsWith('.pdf'))
})
