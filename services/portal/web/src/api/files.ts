import type { EvidenceRef } from '@dulian/contracts'
import type { ApiClient } from './client.ts'
import { ApiProblem, unreachable } from './problem.ts'

/**
 * Sends a file to a service and answers its reference; `onProgress` hears the share sent, 0 to 1. Where a photograph was taken is
 * taken out on arrival unless `keepPlace`.
 */
export async function uploadFile(
  api: ApiClient,
  service: string,
  file: Blob,
  name: string,
  key: string,
  onProgress?: (share: number) => void,
  keepPlace = false,
): Promise<EvidenceRef> {
  const answer = await sendFile(
    api,
    `/api/${service}/files${keepPlace ? '?place=keep' : ''}`,
    file,
    name,
    key,
    onProgress,
  )
  return evidenceOf(answer, service, file, name)
}

/** Posts one file to an address and answers what came back. */
export async function sendFile(
  api: ApiClient,
  url: string,
  file: Blob,
  name: string,
  key: string,
  onProgress?: (share: number) => void,
): Promise<unknown> {
  const form = new FormData()
  form.append('file', file, name)
  return await send(api, url, form, key, onProgress)
}

/** fetch tells nothing of what has been sent, so this one goes by XMLHttpRequest. */
function send(
  api: ApiClient,
  url: string,
  form: FormData,
  key: string,
  onProgress?: (share: number) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('idempotency-key', key)
    if (api.token !== undefined) request.setRequestHeader('authorization', `Bearer ${api.token}`)
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total)
    })
    request.addEventListener('error', () => reject(unreachable(undefined)))
    request.addEventListener('abort', () => reject(unreachable(undefined)))
    request.addEventListener('load', () => {
      const body = parse(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body)
      else reject(new ApiProblem(request.status, typeof body === 'object' && body !== null ? body : {}))
    })
    request.send(form)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function evidenceOf(answer: unknown, service: string, file: Blob, name: string): EvidenceRef {
  const fields = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {}
  const text = (key: string, otherwise: string): string =>
    typeof fields[key] === 'string' ? (fields[key] as string) : otherwise
  return {
    hash: text('hash', ''),
    name: text('name', name),
    mediaType: text('mediaType', file.type || 'application/octet-stream'),
    size: typeof fields.size === 'number' ? fields.size : file.size,
    service: text('service', service),
  }
}

/** The bytes of a piece of evidence; pictures cannot carry the token, so every file is fetched and shown from memory. Small: for lists. */
export async function fetchFile(api: ApiClient, evidence: EvidenceRef, small = false): Promise<Blob> {
  const response = await api.raw(`/api/${evidence.service}/files/${evidence.hash}${small ? '?size=small' : ''}`)
  return await response.blob()
}
