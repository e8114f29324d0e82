import { type Options, Presets, SingleBar } from 'cli-progress'

/** stdout carries the one answer, stderr everything else. */
export interface Terminal {
  readonly json: boolean
  /** The command's answer: the document under `--json`, else the words. */
  answer(document: unknown, words: () => string): void
  say(line: string): void
  progress(title: string): Progress
}

export interface Progress {
  update(done: number, total: number, note?: string): void
  end(): void
}

export function terminal(
  json: boolean,
  streams: { readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream },
): Terminal {
  return {
    json,
    answer(document, words) {
      streams.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${words()}\n`)
    },
    say(line) {
      streams.stderr.write(`${line}\n`)
    },
    progress(title) {
      if (!streams.stderr.isTTY) return plainProgress(title, streams.stderr)
      const options: Options = {
        format: `${title} [{bar}] {value}/{total} {note}`,
        stream: streams.stderr,
        hideCursor: true,
      }
      const bar = new SingleBar(options, Presets.shades_classic)
      bar.start(1, 0, { note: '' })
      return {
        update(done, total, note = '') {
          bar.setTotal(Math.max(1, total))
          bar.update(done, { note })
        },
        end: () => bar.stop(),
      }
    },
  }
}

/** One line per tenth, for logs and pipes. */
function plainProgress(title: string, stderr: NodeJS.WriteStream): Progress {
  let tenth = -1
  return {
    update(done, total, note = '') {
      const reached = total === 0 ? 0 : Math.floor((done / total) * 10)
      if (reached === tenth) return
      tenth = reached
      stderr.write(`${title} ${done}/${total} ${note}\n`)
    },
    end: () => {},
  }
}
