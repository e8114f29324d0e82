import { Document, Packer, Paragraph } from 'docx'

/** A Word file with one paragraph per line, as an office would send its plan. */
export async function wordFile(text: string): Promise<Buffer> {
  const children = text.split('\n').map((line) => new Paragraph(line))
  return await Packer.toBuffer(new Document({ sections: [{ children }] }))
}
