import type { ThemeConfig } from 'antd'

/** The desk's colours and measures for antd; the same values stand as custom properties in app/base.css. */
export function deskTheme(largeType: boolean): ThemeConfig {
  return {
    token: {
      colorPrimary: '#1d4f91',
      colorInfo: '#0072b2',
      colorSuccess: '#00805d',
      colorWarning: '#b87700',
      colorError: '#c24a00',
      colorLink: '#1d4f91',
      colorText: '#1f2329',
      colorTextSecondary: '#4e5969',
      colorTextTertiary: '#5c6777',
      colorTextDescription: '#5c6777',
      colorTextPlaceholder: '#667182',
      colorBgLayout: '#f5f7fa',
      colorBorder: '#c9d0da',
      colorBorderSecondary: '#e3e7ed',
      borderRadius: 6,
      borderRadiusLG: 6,
      borderRadiusSM: 4,
      fontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
      fontSize: largeType ? 16 : 14,
      lineHeight: 1.57,
      controlHeight: largeType ? 38 : 34,
      motion: false,
      wireframe: false,
    },
    components: {
      Table: {
        headerBg: '#f0f3f7',
        headerColor: '#4e5969',
        headerSplitColor: 'transparent',
        rowHoverBg: '#f3f7fc',
        cellPaddingBlockMD: 10,
      },
      Menu: {
        itemHeight: largeType ? 40 : 36,
        itemSelectedBg: '#eaf1fa',
        itemBorderRadius: 6,
        itemMarginBlock: 2,
        subMenuItemBg: 'transparent',
      },
      Tabs: { horizontalMargin: '0 0 16px 0' },
      Form: { itemMarginBottom: 20 },
      Modal: { titleFontSize: largeType ? 19 : 17 },
    },
  }
}
