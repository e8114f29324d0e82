import { App } from 'antd'
import type { PostPath } from '../../api/client.ts'
import type { ApiProblem } from '../../api/problem.ts'
import { type CommandInput, useCommand } from '../../app/use-command.ts'

/**
 * A command behind a button, without a form. What came of it is told at the top of the page: by then the row with the
 * button may be gone.
 */
export function useAction<P extends PostPath>(path: P, done: string) {
  const { message } = App.useApp()
  const command = useCommand(path)
  const run = async (input: CommandInput<P>): Promise<void> => {
    await command.mutateAsync(input).then(
      () => void message.success(done),
      (problem: ApiProblem) => void message.error(problem.detail),
    )
  }
  return { run, isPending: command.isPending }
}
