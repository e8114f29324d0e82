import { OfficeId, type Role, roles } from '@dulian/contracts'
import { type Command, InvalidArgumentError } from 'commander'
import type { CommandLine } from './command-line.ts'
import type { Caller, Connection } from './connection.ts'

const ACCOUNTS = '/api/supervisor-registry/accounts'

interface AccountRow {
  readonly accountId: string
  readonly name: string
  readonly issuer: string
  readonly subject: string
  readonly state: 'enabled' | 'disabled'
  readonly roles: readonly { readonly role: string; readonly title: string }[]
  readonly version: number
}

interface GrantOptions {
  readonly issuer: string
  readonly subject: string
  readonly office: string
  readonly role: string
  readonly name: string
  readonly zone?: string
  readonly school?: string
  readonly supervisor?: string
  readonly body?: string
  readonly json?: boolean
}

/** Who may read the data folder may give any role: an empty instance has nobody else who could. */
function caller(office: string): Caller {
  return { office, role: ['operator', 'office-head'] }
}

function officeOf(given: string): string {
  if (OfficeId.safeParse(given).success) return given
  throw new InvalidArgumentError('督导室代号应为小写字母开头的 2—32 位字母数字')
}

function roleOf(given: string): string {
  if (grantable().some((role) => role === given)) return given
  throw new InvalidArgumentError(`没有这个角色，可用：${grantable().join('、')}`)
}

export function accountCommands(program: Command, line: CommandLine): void {
  const accounts = program.command('accounts').description('账号与角色：空实例的第一位管理人由此授权')

  accounts
    .command('grant')
    .description('为统一身份认证中的一个人建立账号（已有则沿用）并授予角色')
    .requiredOption('--issuer <url>', '统一身份认证的签发者地址，与 DULIAN_OIDC_ISSUER 一致')
    .requiredOption('--subject <id>', '此人的统一身份标识；本人登录时页面会显示')
    .requiredOption('--office <code>', '督导室代号，如 yongchuan', officeOf)
    .requiredOption('--role <role>', `角色：${grantable().join('、')}`, roleOf)
    .requiredOption('--name <name>', '姓名')
    .option('--zone <id>', '责任区')
    .option('--school <id>', '学校')
    .option('--supervisor <id>', '督学')
    .option('--body <name>', '成员单位')
    .option('--json', '输出一个 JSON 文档')
    .action(async (options: GrantOptions) => {
      const as = caller(options.office)
      await line.connected(async (connection) => {
        const account = await grant(connection, as, options)
        line
          .terminal(options.json)
          .answer(
            account,
            () => `${account.name}（${account.subject}）：${account.roles.map(({ title }) => title).join('、')}`,
          )
      })
    })

  accounts
    .command('list')
    .description('一个督导室的账号')
    .requiredOption('--office <code>', '督导室代号', officeOf)
    .option('--json', '输出一个 JSON 文档')
    .action(async (options: { office: string; json?: boolean }) => {
      const as = caller(options.office)
      await line.connected(async (connection) => {
        const found = await allAccounts(connection, as)
        line.terminal(options.json).answer(found, () =>
          found.length === 0
            ? '还没有账号。用 dulian accounts grant 授权第一位管理人。'
            : found
                .map(({ name, subject, state, roles: held }) => {
                  const titles = held.map(({ title }) => title).join('、') || '没有角色'
                  return `${name}（${subject}）：${titles}${state === 'disabled' ? '，已停用' : ''}`
                })
                .join('\n'),
        )
      })
    })
}

function grantable(): readonly Role[] {
  return (Object.keys(roles) as Role[]).filter((role) => role !== 'door')
}

async function grant(connection: Connection, as: Caller, options: GrantOptions): Promise<AccountRow> {
  const { issuer, subject, name, role, zone, school, supervisor, body } = options
  const known = (await allAccounts(connection, as)).find((row) => row.issuer === issuer && row.subject === subject)
  const account =
    known ??
    ((await connection.send('POST', ACCOUNTS, as, { issuer, subject, name })).body as { id: string; version: number })
  const id = 'accountId' in account ? account.accountId : account.id
  const reach = {
    ...(zone === undefined ? {} : { zoneId: zone }),
    ...(school === undefined ? {} : { schoolId: school }),
    ...(supervisor === undefined ? {} : { supervisorId: supervisor }),
    ...(body === undefined ? {} : { body }),
  }
  const granted = await connection.send('POST', `${ACCOUNTS}/${id}/roles`, as, { role, ...reach }, account.version)
  const { position } = granted.body as { position: string }
  return (await connection.send('GET', `${ACCOUNTS}/${id}?min-position=${position}`, as)).body as AccountRow
}

async function allAccounts(connection: Connection, as: Caller): Promise<readonly AccountRow[]> {
  const found: AccountRow[] = []
  for (let cursor: string | null | undefined = ''; typeof cursor === 'string'; ) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = (await connection.send('GET', `${ACCOUNTS}?limit=100${query}`, as)).body as {
      items: AccountRow[]
      nextCursor?: string | null
    }
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return found
}
