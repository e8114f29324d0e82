import * as library from '@ant-design/icons'
import type { ComponentType } from 'react'

/** The words beside it, or the label of its button, say what an icon means; the library would read its English name out. */
function decorative<P extends object>(Icon: ComponentType<P>): ComponentType<P> {
  return (props) => <Icon aria-hidden="true" {...props} />
}

export const ApartmentOutlined = decorative(library.ApartmentOutlined)
export const AuditOutlined = decorative(library.AuditOutlined)
export const CarryOutOutlined = decorative(library.CarryOutOutlined)
export const CloseCircleFilled = decorative(library.CloseCircleFilled)
export const ControlOutlined = decorative(library.ControlOutlined)
export const DeleteOutlined = decorative(library.DeleteOutlined)
export const DownOutlined = decorative(library.DownOutlined)
export const DownloadOutlined = decorative(library.DownloadOutlined)
export const FontSizeOutlined = decorative(library.FontSizeOutlined)
export const FullscreenExitOutlined = decorative(library.FullscreenExitOutlined)
export const FullscreenOutlined = decorative(library.FullscreenOutlined)
export const HomeOutlined = decorative(library.HomeOutlined)
export const InboxOutlined = decorative(library.InboxOutlined)
export const LoadingOutlined = decorative(library.LoadingOutlined)
export const MenuFoldOutlined = decorative(library.MenuFoldOutlined)
export const MenuUnfoldOutlined = decorative(library.MenuUnfoldOutlined)
export const PlusOutlined = decorative(library.PlusOutlined)
export const PrinterOutlined = decorative(library.PrinterOutlined)
export const ScheduleOutlined = decorative(library.ScheduleOutlined)
export const SearchOutlined = decorative(library.SearchOutlined)
export const SettingOutlined = decorative(library.SettingOutlined)
export const StarOutlined = decorative(library.StarOutlined)
export const UploadOutlined = decorative(library.UploadOutlined)
export const UserOutlined = decorative(library.UserOutlined)
