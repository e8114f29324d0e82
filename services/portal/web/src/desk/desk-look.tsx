import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ReactNode, useMemo } from 'react'
import { usePreferences } from '../app/preferences.ts'
import { LoadingOutlined } from './kit/icons.tsx'
import { deskTheme } from './theme.ts'

dayjs.locale('zh-cn')

/** The oldest gives way: more at once nobody reads. */
const MESSAGES_AT_ONCE = 3

/** antd in the product's colours and in Chinese. */
export function DeskLook({ children }: { children: ReactNode }) {
  const { largeType } = usePreferences()
  const theme = useMemo(() => deskTheme(largeType), [largeType])
  return (
    <ConfigProvider
      theme={theme}
      locale={zhCN}
      button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined /> }}
      wave={{ disabled: true }}
    >
      <App component={false} message={{ maxCount: MESSAGES_AT_ONCE }}>
        {children}
      </App>
    </ConfigProvider>
  )
}
