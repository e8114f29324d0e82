import { useLocation, useNavigate } from '@tanstack/react-router'
import { Menu } from 'antd'
import type { ReactNode } from 'react'
import { useRights } from '../../app/app-context.tsx'
import { usePreferences } from '../../app/preferences.ts'
import {
  ApartmentOutlined,
  AuditOutlined,
  CarryOutOutlined,
  ControlOutlined,
  HomeOutlined,
  ScheduleOutlined,
} from '../kit/icons.tsx'
import { menuFor } from './menu.ts'

const icons: Record<string, ReactNode> = {
  home: <HomeOutlined />,
  plans: <ScheduleOutlined />,
  registry: <ApartmentOutlined />,
  inspections: <CarryOutOutlined />,
  rectification: <AuditOutlined />,
  system: <ControlOutlined />,
}

/** The left menu: what the person's rights open. */
export function SideMenu() {
  const rights = useRights()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { menuCollapsed } = usePreferences()
  const groups = menuFor(rights)
  const pages = groups.flatMap((group) => group.pages)
  const current =
    pages.filter((page) => page.to !== '/' && (pathname === page.to || pathname.startsWith(`${page.to}/`)))[0]?.to ??
    '/'
  return (
    <nav
      aria-label="主菜单"
      className={menuCollapsed ? 'side-menu side-menu-collapsed no-print' : 'side-menu no-print'}
    >
      <Menu
        mode="inline"
        inlineCollapsed={menuCollapsed}
        inlineIndent={16}
        selectedKeys={[current]}
        defaultOpenKeys={menuCollapsed ? [] : groups.map((group) => group.key)}
        onClick={({ key }) => void navigate({ to: key })}
        items={groups.map((group) => {
          const only = group.pages.length === 1 ? group.pages[0] : undefined
          if (only !== undefined)
            return { key: only.to, icon: icons[group.key], label: group.key === 'home' ? group.title : only.title }
          return {
            key: group.key,
            icon: icons[group.key],
            label: group.title,
            children: group.pages.map((page) => ({ key: page.to, label: page.title })),
          }
        })}
      />
    </nav>
  )
}
