import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fillAndGoOn } from './fill-and-go-on.ts'

test('a full disk refuses appends, keeps what it acknowledged readable, and goes on when space returns', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-full-'))
  try {
    if (!mounts('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder)) {
      t.skip('SKIPPED: a small disk can only be mounted by root on Linux; the file-size limit below stands in for it')
      return
    }
    try {
      const report = await fillAndGoOn(folder, () => execFileSync('mount', ['-o', 'remount,size=64m', folder]))
      assert.ok(report.refused > 0)
      assert.deepEqual(report.codes, ['STORAGE_FULL'])
    } finally {
      execFileSync('umount', [folder])
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a failing write (file-size limit) is refused like a full disk, and the store recovers its connection', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-limit-'))
  try {
    if (process.platform !== 'linux' || spawnSync('prlimit', ['--version']).status !== 0) {
      t.skip('SKIPPED: needs Linux with prlimit')
      return
    }
    // Without the trap the signal for too large a file would kill the process instead of failing its write.
    const script = `trap '' XFSZ; ulimit -S -f 4096; exec "$0" "$@"`
    const child = join(import.meta.dirname, 'limited-process.ts')
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, child, folder], {
      encoding: 'utf8',
    })
    assert.equal(status, 0, stderr)
    const report = JSON.parse(stdout) as { refused: number; codes: string[] }
    assert.ok(report.refused > 0)
    assert.deepEqual(report.codes, ['STORAGE_FULL'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

function mounts(...mount: string[]): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('mount', mount).status === 0
}
