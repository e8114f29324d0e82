import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { judgedType } from './judged-type.ts'
import { jpeg, png, webp } from './testing/pictures.ts'

async function judged(content: Buffer, name: string): Promise<string> {
  try {
    return await judgedType(content, name)
  } catch (error) {
    if (isDomainError(error)) return `${error.code}: ${error.detail}`
    throw error
  }
}

test('photographs of every kind pass, whichever picture ending they bear', async () => {
  assert.equal(await judged(jpeg(), '现场.jpg'), 'image/jpeg')
  assert.equal(await judged(png(), '现场.png'), 'image/png')
  assert.equal(await judged(webp(), '现场.webp'), 'image/webp')
  assert.equal(await judged(png(), '现场.JPG'), 'image/png')
  assert.equal(await judged(jpeg(), '没有扩展名'), 'image/jpeg')
  assert.equal(await judged(Buffer.concat([jpeg(), Buffer.from('一段视频')]), '动态照片.jpg'), 'image/jpeg')
})

test('a page, a drawing with scripts and a program called .jpg are refused, and the words say what to do', async () => {
  for (const content of [
    '<!DOCTYPE html><p>门锁</p>',
    '\ufeff  <html><script>alert(1)</script></html>',
    '<!-- 照片 --><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
  ]) {
    const said = await judged(Buffer.from(content), '现场.jpg')
    assert.match(said, /^FILE_NAME_MISLEADS: “现场.jpg”的名称说是照片，内容却是网页或程序.*重新拍摄/, content)
    assert.match(await judged(Buffer.from(content), '说明.txt'), /^FILE_NAME_MISLEADS/)
    assert.match(await judged(Buffer.from(content), '说明.html'), /^FILE_TYPE_NOT_ALLOWED: .*可上传：照片/)
  }
  const program = Buffer.from('MZ\u0090\u0000\u0003\u0000\u0000\u0000', 'latin1')
  assert.match(await judged(program, '现场.jpg'), /^FILE_TYPE_NOT_ALLOWED: .*可上传：照片/)
  assert.match(await judged(Buffer.from('只是一段话'), '现场.jpg'), /^FILE_NAME_MISLEADS: .*内容却是文本/)
  assert.match(
    await judged(Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n'), '现场.png'),
    /^FILE_NAME_MISLEADS: .*内容却是PDF/,
  )
})

test('a photograph cut short, or one that only begins like one, is refused', async () => {
  for (const [content, name] of [
    [jpeg().subarray(0, 40), 'a.jpg'],
    [jpeg().subarray(0, jpeg().length - 2), 'a.jpg'],
    [Buffer.concat([jpeg().subarray(0, 3), Buffer.from('e0这不是照片，只是开头像')]), 'a.jpg'],
    [png().subarray(0, png().length - 8), 'a.png'],
    [webp().subarray(0, webp().length - 4), 'a.webp'],
  ] as const) {
    const said = await judged(content, name)
    assert.match(
      said,
      /^(PHOTO_UNREADABLE: .*重新拍摄|FILE_TYPE_NOT_ALLOWED|FILE_NAME_MISLEADS)/,
      `${name} ${content.length}`,
    )
  }
  assert.match(await judged(jpeg().subarray(0, jpeg().length - 2), 'a.jpg'), /^PHOTO_UNREADABLE: .*在中途断开/)
})

test('a picture of more pixels than a browser should be asked to draw is refused, a small file though it be', async () => {
  assert.match(
    await judged(jpeg({ width: 20_000, height: 20_000 }), 'a.jpg'),
    /^PHOTO_TOO_LARGE: .*20000×20000.*6000 万像素/,
  )
})

test('each kind has its own largest size', async () => {
  const text = Buffer.alloc(2 * 1_048_576 + 1, 0x61)
  assert.match(await judged(text, '清单.csv'), /^FILE_KIND_TOO_LARGE: 文本一个最多 2 MB，“清单.csv”有 2\.0 MB/)
  const photo = Buffer.concat([jpeg(), Buffer.alloc(15 * 1_048_576)])
  assert.match(await judged(photo, 'a.jpg'), /^FILE_KIND_TOO_LARGE: 照片一个最多 15 MB/)
})
