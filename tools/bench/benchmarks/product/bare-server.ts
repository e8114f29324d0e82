import fastify from 'fastify'

/** The least a command's answer can be: a bare Fastify POST that reads the same body and answers the same shape. */
const app = fastify()
let position = 0
app.post('/api/office/tasks/:id/progress', async (request) => {
  position += 1
  return { id: (request.params as { id: string }).id, version: 2, position: String(position) }
})
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.close())
