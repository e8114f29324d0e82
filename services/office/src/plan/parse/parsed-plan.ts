import { z } from 'zod'

/** A responsible body as printed; the first-named 责任单位 leads when the plan names no 牵头单位. */
export const ParsedBody = z.object({ name: z.string(), role: z.enum(['lead', 'cooperating']) })
export type ParsedBody = z.infer<typeof ParsedBody>

/** A date or period named in an item; `from` and `to` are ISO days, both inclusive. */
export const ParsedDate = z.object({ text: z.string(), from: z.string(), to: z.string() })
export type ParsedDate = z.infer<typeof ParsedDate>

/**
 * A number the item commits to. Percent: value 30, unit "%". Frequency: value 1, unit "次/年". Ratio 1∶5: value 0.2,
 * unit "比例". 全覆盖: value 100, unit "%".
 */
export const ParsedQuantity = z.object({
  text: z.string(),
  value: z.number(),
  unit: z.string().optional(),
  comparator: z.enum(['>=', '<=', '>', '<', '≈']).optional(),
})
export type ParsedQuantity = z.infer<typeof ParsedQuantity>

/**
 * One item. `marker` + `heading` + `text` are its own characters in printed order, its children follow. The marker is
 * empty only for a divider: the title and opening of a further plan in the same document (see `outline.ts`).
 */
export const ParsedItem = z.object({
  marker: z.string(),
  level: z.number().int().min(1),
  heading: z.string().optional(),
  text: z.string(),
  bodies: z.array(ParsedBody),
  dates: z.array(ParsedDate),
  quantities: z.array(ParsedQuantity),
  get children() {
    return z.array(ParsedItem)
  },
})
export type ParsedItem = z.infer<typeof ParsedItem>

/** A published plan taken apart; no character of the file is lost but white space and word-processor residue. */
export const ParsedPlan = z.object({
  title: z.string(),
  office: z.string().optional(),
  issuedOn: z.string().optional(),
  documentNumber: z.string().optional(),
  recipients: z.array(z.string()),
  preamble: z.string(),
  items: z.array(ParsedItem),
  trailing: z.string(),
})
export type ParsedPlan = z.infer<typeof ParsedPlan>
