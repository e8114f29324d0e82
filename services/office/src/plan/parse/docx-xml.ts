import { XMLParser } from 'fast-xml-parser'

export type XmlElement = { name: string; attributes: Record<string, string>; children: (XmlElement | string)[] }

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  // Character references (&#20108;) are decoded with these.
  htmlEntities: true,
  maxNestedTags: 400,
})

/** The root element of one part of a document; undefined when it is no XML, or one with a document type. */
export function parseXml(xml: string): XmlElement | undefined {
  // Office never writes a document type; a file that has one wants its entities expanded.
  if (xml.slice(0, 2000).includes('<!DOCTYPE')) return undefined
  let parsed: unknown
  try {
    parsed = parser.parse(xml)
  } catch {
    return undefined
  }
  const elements = Array.isArray(parsed) ? parsed.map(toElement) : []
  return elements.find((element) => typeof element === 'object' && !element.name.startsWith('?')) as
    | XmlElement
    | undefined
}

function toElement(node: unknown): XmlElement | string {
  const element: XmlElement = { name: '', attributes: {}, children: [] }
  if (typeof node !== 'object' || node === null) return ''
  for (const [key, value] of Object.entries(node)) {
    if (key === '#text') return String(value)
    if (key === ':@') {
      for (const [name, text] of Object.entries(value as Record<string, unknown>))
        element.attributes[name] = String(text)
    } else {
      element.name = key
      if (Array.isArray(value)) element.children = value.map(toElement)
    }
  }
  return element
}

export function childrenOf(element: XmlElement | undefined, name?: string): XmlElement[] {
  const found: XmlElement[] = []
  for (const child of element?.children ?? []) {
    if (typeof child !== 'string' && (name === undefined || child.name === name)) found.push(child)
  }
  return found
}

export function findChild(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0]
}

/** The `w:val` of a named child. */
export function findValue(element: XmlElement | undefined, name: string): string | undefined {
  return findChild(element, name)?.attributes['w:val']
}
