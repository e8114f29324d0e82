interface PlaceSwitchProps {
  readonly value: boolean
  readonly onChange: (keep: boolean) => void
}

/** Where a photograph was taken is personal: it is left out unless whoever takes it wants it in. */
export function PlaceSwitch({ value, onChange }: PlaceSwitchProps) {
  return (
    <label className="place-switch">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <span>
        保留拍摄地点
        <span className="quiet">勾选后添加的照片，看得到的人也能知道在哪里拍的；不勾选，上传时去掉地点。</span>
      </span>
    </label>
  )
}
