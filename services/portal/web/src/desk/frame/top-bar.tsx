import { Link, useNavigate } from '@tanstack/react-router'
import { Button, DatePicker, Dropdown } from 'antd'
import dayjs from 'dayjs'
import { useApi, useMe } from '../../app/app-context.tsx'
import { setPreference, usePreferences } from '../../app/preferences.ts'
import { DownOutlined, FontSizeOutlined, MenuFoldOutlined, MenuUnfoldOutlined, UserOutlined } from '../kit/icons.tsx'
import { GlobalSearch } from './global-search.tsx'
import { usePeriod } from './period.tsx'

/** Office, period, search, 大字, person. */
export function TopBar() {
  const me = useMe()
  const api = useApi()
  const navigate = useNavigate()
  const { largeType, menuCollapsed } = usePreferences()
  const period = usePeriod()
  const leave = async () => {
    const leaveAt = await api.keeper.signOut()
    if (leaveAt === undefined) await navigate({ to: '/sign-in' })
    else window.location.assign(leaveAt)
  }
  return (
    <header className="top-bar no-print">
      <Button
        type="text"
        className="on-brand"
        aria-label={menuCollapsed ? '展开菜单' : '收起菜单'}
        icon={menuCollapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        onClick={() => setPreference('menuCollapsed', !menuCollapsed)}
      />
      <Link to="/" className="brand">
        <span className="brand-name">督联</span>
        <span className="brand-office">{me.officeName}</span>
      </Link>
      <div className="top-bar-middle">
        <GlobalSearch />
      </div>
      <DatePicker
        className="period"
        picker="month"
        aria-label="工作月份"
        format="YYYY年M月"
        allowClear={false}
        value={dayjs(period.month)}
        onChange={(next) => next !== null && period.choose(next.format('YYYY-MM'))}
      />
      <Button
        type="text"
        className="on-brand"
        aria-pressed={largeType}
        icon={<FontSizeOutlined />}
        onClick={() => setPreference('largeType', !largeType)}
      >
        {largeType ? '标准字' : '大字'}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'who', disabled: true, label: me.roles.map((role) => role.title).join('、') },
            { key: 'sessions', label: '我的会话' },
            { key: 'phone', label: '手机版' },
            { type: 'divider' },
            { key: 'leave', label: '退出登录' },
          ],
          onClick: ({ key }) => {
            if (key === 'phone') window.location.assign('/m')
            if (key === 'sessions') void navigate({ to: '/me/sessions' })
            if (key === 'leave') void leave()
          },
        }}
      >
        <Button type="text" className="on-brand" icon={<UserOutlined />}>
          <span className="person-name">{me.name}</span>
          <DownOutlined />
        </Button>
      </Dropdown>
    </header>
  )
}
