/** A phone number as it may be shown: `138****0001`. Short numbers show less. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  if (digits.length >= 11) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  return `${digits.slice(0, Math.max(0, digits.length - 5))}****${digits.slice(-1)}`
}
