const shapes = {
  school: 'M4 21V10l8-6 8 6v11h-5v-6H9v6H4Z',
  tasks: 'M5 6h2M5 12h2M5 18h2M10.5 6H20M10.5 12H20M10.5 18H20',
  problems: 'M12 3.5 21.5 20h-19L12 3.5ZM12 10v4.5M12 17v.5',
  person: 'M12 12a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4ZM4 21c.6-4 3.8-6 8-6s7.400 2 8 6',
  camera: 'M4 8h3.500L9 5h6l1.500 3H20v11H4V8ZM12 16.500a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600Z',
} as const

/** The few marks of the field entry. */
export function FieldIcon({ name, size = 24 }: { name: keyof typeof shapes; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
