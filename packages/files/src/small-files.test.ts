import assert from 'node:assert/strict'
import * as disk from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import jpegJs from 'jpeg-js'
import { PNG } from 'pngjs'
import { turnOf } from './exif-turn.ts'
import { openFolderFileStore, type WritingDisk } from './folder-file-store.ts'
import { PictureDrawer } from './picture-drawer.ts'
import { smallPicture } from './small-picture.ts'
import { jpeg, PLACE, photograph, png } from './testing/pictures.ts'

async function freshStore(t: TestContext, writingDisk?: WritingDisk) {
  const folder = await disk.mkdtemp(join(tmpdir(), 'dulian-small-'))
  const drawer = new PictureDrawer()
  t.after(async () => {
    await drawer.close()
    await disk.rm(folder, { recursive: true, force: true })
  })
  const store = await openFolderFileStore({ folder, drawer, ...(writingDisk === undefined ? {} : { writingDisk }) })
  const pathOf = (hash: string) => join(folder, 'yongchuan', hash.slice(0, 2), `${hash}.small.jpg`)
  return { store, drawer, pathOf }
}

/** Which colour a corner of a picture has, within what JPEG changes. */
function colourAt(content: Uint8Array, x: number, y: number): 'red' | 'blue' | 'other' {
  const { data, width } = jpegJs.decode(content)
  const [red = 0, , blue = 0] = data.subarray((y * width + x) * 4)
  return red > 200 && blue < 60 ? 'red' : blue > 200 && red < 60 ? 'blue' : 'other'
}

test('a photograph becomes a JPEG of 480 pixels on its longer side that says nothing but the picture', () => {
  const given = photograph({ width: 1200, height: 900, turn: 1 })
  assert.ok(given.includes(PLACE.latitude))
  const small = smallPicture(given, 'image/jpeg')
  assert.ok(small !== undefined)
  const { width, height } = jpegJs.decode(small)
  assert.deepEqual({ width, height }, { width: 480, height: 360 })
  for (const trace of ['Exif', 'http://ns.adobe.com', 'Photoshop', PLACE.latitude, PLACE.xmp])
    assert.ok(!small.includes(trace), String(trace))
  assert.equal(colourAt(small, 5, 5), 'red')
  assert.equal(colourAt(small, 470, 350), 'blue')
})

test('whichever of the eight ways Exif turns it, the small picture stands upright', () => {
  // The corner in which the red of the upper left of the stored picture is seen.
  const corners = [
    'left top',
    'right top',
    'right bottom',
    'left bottom',
    'left top',
    'right top',
    'right bottom',
    'left bottom',
  ]
  for (const [index, corner] of corners.entries()) {
    const turn = index + 1
    const given = photograph({ width: 600, height: 300, turn })
    assert.equal(turnOf(given, 'image/jpeg'), turn)
    const small = smallPicture(given, 'image/jpeg')
    assert.ok(small !== undefined)
    const { width, height } = jpegJs.decode(small)
    assert.deepEqual([width, height], turn >= 5 ? [240, 480] : [480, 240], `turn ${turn}`)
    const x = corner.startsWith('left') ? 5 : width - 6
    const y = corner.endsWith('top') ? 5 : height - 6
    assert.equal(colourAt(small, x, y), 'red', `turn ${turn}`)
  }
})

test('a PNG becomes a JPEG on white paper', () => {
  const picture = new PNG({ width: 100, height: 1000 })
  const small = smallPicture(PNG.sync.write(picture), 'image/png')
  assert.ok(small !== undefined)
  const { width, height, data } = jpegJs.decode(small)
  assert.deepEqual({ width, height }, { width: 48, height: 480 })
  assert.ok((data[0] ?? 0) > 250)
})

test('small, damaged, endless and unknown pictures are not drawn', () => {
  const whole = photograph({ width: 1200, height: 900, turn: 1 })
  assert.equal(smallPicture(photograph({ width: 480, height: 480, turn: 6 }), 'image/jpeg'), undefined)
  assert.equal(smallPicture(whole.subarray(0, whole.length / 2), 'image/jpeg'), undefined)
  assert.equal(smallPicture(jpeg({ width: 800, height: 800 }), 'image/jpeg'), undefined, 'nothing behind its frame')
  assert.equal(smallPicture(jpeg({ width: 60_000, height: 60_000 }), 'image/jpeg'), undefined)
  const badPng = Buffer.from(png({ width: 600, height: 600 }))
  badPng.fill(7, 45, 60)
  assert.equal(smallPicture(badPng, 'image/png'), undefined)
  assert.equal(smallPicture(Buffer.from('RIFF'), 'image/webp'), undefined)
})

test('it is drawn once however many ask at once, kept beside the photograph, and drawn anew when the kept one is gone', async (t) => {
  const { store, drawer, pathOf } = await freshStore(t)
  const { hash } = await store.put('yongchuan', photograph({ width: 900, height: 600, turn: 1 }), { name: '走廊.jpeg' })
  let drawn = 0
  const draw = drawer.draw.bind(drawer)
  drawer.draw = (job) => {
    drawn += 1
    return draw(job)
  }
  const all = await Promise.all(Array.from({ length: 8 }, () => store.openSmall('yongchuan', hash)))
  for (const small of all) assert.deepEqual(small?.content, all[0]?.content)
  assert.equal(all[0]?.name, '走廊.jpg')
  assert.equal(drawn, 1)
  assert.deepEqual(await disk.readFile(pathOf(hash)), Buffer.from(all[0]?.content ?? []))
  await store.openSmall('yongchuan', hash)
  assert.equal(drawn, 1)
  await disk.writeFile(pathOf(hash), 'half')
  assert.deepEqual((await store.openSmall('yongchuan', hash))?.content, all[0]?.content, 'a kept one that is damaged')
  await disk.rm(pathOf(hash))
  assert.deepEqual((await store.openSmall('yongchuan', hash))?.content, all[0]?.content)
  assert.equal(drawn, 3)
  assert.equal(drawer.threads.started, 1, 'one thread for all of them')
  assert.equal(await store.openSmall('qijiang', hash), undefined)
})

test('a disk that is full keeps nobody from seeing the small picture', async (t) => {
  let full = false
  const writingDisk: WritingDisk = {
    ...disk,
    open: async (...given) => {
      if (full) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      return await disk.open(...given)
    },
  }
  const { store, pathOf } = await freshStore(t, writingDisk)
  const { hash } = await store.put('yongchuan', photograph({ width: 900, height: 600, turn: 1 }), { name: 'a.jpg' })
  full = true
  const small = await store.openSmall('yongchuan', hash)
  assert.equal(jpegJs.decode(small?.content ?? Buffer.alloc(0)).width, 480)
  await assert.rejects(disk.stat(pathOf(hash)))
})

test('what cannot be drawn is asked of the thread once; texts never', async (t) => {
  const { store, drawer } = await freshStore(t)
  let drawn = 0
  const draw = drawer.draw.bind(drawer)
  drawer.draw = (job) => {
    drawn += 1
    return draw(job)
  }
  const damaged = await store.put('yongchuan', jpeg({ width: 800, height: 800 }), { name: 'a.jpg' })
  const text = await store.put('yongchuan', Buffer.from('教室门锁已更换'), { name: 'a.txt' })
  for (const { hash } of [damaged, damaged, text]) assert.equal(await store.openSmall('yongchuan', hash), undefined)
  assert.equal(drawn, 1)
})

test('a thread with nothing to do ends, one that takes too long is ended, and the next picture starts another', async (t) => {
  const folder = await disk.mkdtemp(join(tmpdir(), 'dulian-drawer-'))
  t.after(() => disk.rm(folder, { recursive: true, force: true }))
  const job = { path: join(folder, 'a.jpg'), mediaType: 'image/jpeg' }
  await disk.writeFile(job.path, photograph({ width: 900, height: 600, turn: 1 }))

  const idle = new PictureDrawer({ idleMs: 0 })
  assert.ok((await idle.draw(job)) instanceof Uint8Array)
  for (let looks = 0; idle.threads.isRunning && looks < 1_000; looks += 1) await new Promise(setImmediate)
  for (let looks = 0; idle.threads.isRunning && looks < 200; looks += 1) await disk.stat(job.path)
  assert.deepEqual(idle.threads, { started: 1, isRunning: false })
  assert.ok((await idle.draw(job)) instanceof Uint8Array)
  assert.equal(idle.threads.started, 2)
  await idle.close()

  const hasty = new PictureDrawer({ patienceMs: 1 })
  assert.deepEqual(await Promise.all([hasty.draw(job), hasty.draw(job)]), ['undrawable', 'undrawable'])
  assert.equal(hasty.threads.started, 2)
  await hasty.close()

  const closed = new PictureDrawer()
  const answers = Promise.all([closed.draw(job), closed.draw(job)])
  await closed.close()
  assert.deepEqual(await answers, ['busy', 'busy'])
})
