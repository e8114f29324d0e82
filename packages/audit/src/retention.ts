import { defineRule } from '@dulian/dated-rules'

/** How long entries must be kept at least. The trail deletes nothing, so the rule is shown and never carried out. */
export const auditRetention = defineRule({
  id: 'audit-retention',
  title: '审计记录的最短留存时间',
  versions: [
    {
      version: 1,
      effectiveFrom: '2017-06-01',
      source: '《中华人民共和国网络安全法》（2017年6月1日起施行）第二十一条第（三）项：相关的网络日志留存不少于六个月',
      confidence: 'high',
      value: { months: 6 },
    },
  ],
})
