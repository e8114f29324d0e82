import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { sendFile } from '../../api/files.ts'
import { ActionKey, newId } from '../../api/idempotency-key.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import type { ImportCheck } from '../../api/types.ts'
import { useApi } from '../../app/app-context.tsx'
import { saveBlob } from '../kit/save-blob.ts'

export type ImportKind = 'schools' | 'supervisors'

const registry = '/api/supervisor-registry/imports'

/** Sends a table to be looked at, to be imported, or to get its wrong rows back; each time the file itself goes along. */
export function useImport(kind: ImportKind) {
  const api = useApi()
  const key = useRef(new ActionKey())
  const [share, setShare] = useState(0)

  const send = async (path: string, file: File, idempotencyKey: string): Promise<unknown> => {
    setShare(0)
    try {
      await api.keeper.freshen()
      return await sendFile(api, `${registry}/${path}`, file, file.name, idempotencyKey, setShare)
    } catch (error) {
      throw asProblem(error)
    }
  }
  const check = useMutation<ImportCheck, ApiProblem, File>({
    mutationFn: async (file) => (await send(`${kind}/check`, file, newId())) as ImportCheck,
  })
  const start = useMutation<{ id: string }, ApiProblem, { file: File; hash: string }>({
    mutationFn: async ({ file, hash }) => (await send(kind, file, key.current.keyFor(hash))) as { id: string },
    onSuccess: () => key.current.done(),
  })
  const saveErrors = useMutation<void, ApiProblem, File>({
    mutationFn: async (file) => {
      const form = new FormData()
      form.append('file', file, file.name)
      try {
        const answer = await api.raw(`${registry}/${kind}/errors`, { method: 'POST', body: form })
        saveBlob(`需改正 ${file.name.replace(/\.\w{1,5}$/, '')}.xlsx`, await answer.blob())
      } catch (error) {
        throw asProblem(error)
      }
    },
  })
  const saveTemplate = useMutation<void, ApiProblem, string>({
    mutationFn: async (name) => {
      try {
        saveBlob(name, await (await api.raw(`${registry}/${kind}/template`)).blob())
      } catch (error) {
        throw asProblem(error)
      }
    },
  })
  return { check, start, saveErrors, saveTemplate, share }
}
