import assert from 'node:assert/strict'
import { test } from 'node:test'
import { abilityOf, thing } from '../src/ability.ts'
import type { AccessRules, DataScope, ScopeFacts } from '../src/access.ts'
import { inScope, scopeOf, scopeWhere } from '../src/access.ts'
import type { Identity } from '../src/identity.ts'

const rules: AccessRules = {
  permissions: { read: '查看', write: '填写', check: '核查', never: '谁也不能' },
  roles: {
    head: { title: '主任', grants: { read: 'office', write: 'office' } },
    zone: { title: '组长', grants: { read: 'zone', check: 'supervisor' } },
    school: { title: '校长', grants: { read: 'school', write: 'school' } },
    liaison: { title: '联络员', grants: { read: 'body' } },
  },
}

const everybody: readonly Identity[] = [
  ['head'],
  ['zone'],
  ['school'],
  ['liaison'],
  ['zone', 'school'],
  ['school', 'head'],
  ['stranger'],
  ['__proto__'],
  [],
].flatMap((roles) => [
  { subject: 'full', name: '甲', office: 'yongchuan', roles, zone: 'z1', school: 's1', body: 'b1', supervisor: 'p1' },
  { subject: 'bare', name: '乙', office: 'yongchuan', roles },
  { subject: 'empty', name: '丙', office: 'yongchuan', roles, zone: '', school: '', body: '', supervisor: '' },
])

const everything: readonly ScopeFacts[] = ['yongchuan', 'qijiang'].flatMap((office) =>
  [undefined, '', 'z1', 'z2'].flatMap((zoneId) =>
    [undefined, '', 's1', 's2'].flatMap((schoolId) =>
      [undefined, [], ['b2'], ['b1', 'b2']].flatMap((bodies) =>
        [undefined, '', 'p1', 'p2'].map((supervisorId) => ({ office, zoneId, schoolId, bodies, supervisorId })),
      ),
    ),
  ),
)

test('the widest scope of all roles counts', () => {
  const identity: Identity = {
    subject: 'a',
    name: '甲',
    office: 'yongchuan',
    roles: ['zone', 'school'],
    zone: 'z1',
    school: 's1',
    supervisor: 'p1',
  }
  assert.deepEqual(scopeOf(rules, identity, 'read'), { office: 'yongchuan', kind: 'zone', value: 'z1' })
  assert.deepEqual(scopeOf(rules, identity, 'check'), { office: 'yongchuan', kind: 'supervisor', value: 'p1' })
  assert.deepEqual(scopeOf(rules, identity, ['check', 'write']), {
    office: 'yongchuan',
    kind: 'supervisor',
    value: 'p1',
  })
  assert.deepEqual(scopeOf(rules, { ...identity, roles: ['school', 'head'] }, 'write'), {
    office: 'yongchuan',
    kind: 'office',
  })
})

test('a narrower scope whose claim the token lacks grants nothing, and neither does an unknown role', () => {
  for (const identity of everybody.filter(({ subject }) => subject !== 'full')) {
    const expected = identity.roles.includes('head') ? { office: 'yongchuan', kind: 'office' } : undefined
    assert.deepEqual(scopeOf(rules, identity, 'read'), expected, identity.roles.join())
  }
  for (const identity of everybody) {
    assert.equal(scopeOf(rules, identity, 'never'), undefined)
    assert.equal(scopeOf(rules, identity, 'toString'), undefined)
    assert.equal(scopeOf(rules, identity, '__proto__'), undefined)
  }
})

test('no scope reaches into another office, and a missing mark on a thing never matches', () => {
  for (const kind of ['office', 'zone', 'school', 'body', 'supervisor'] as const) {
    const scope: DataScope = {
      office: 'yongchuan',
      kind,
      ...(kind === 'office' ? {} : { value: `${{ zone: 'z', school: 's', body: 'b', supervisor: 'p' }[kind]}1` }),
    }
    for (const facts of everything) {
      if (facts.office !== 'yongchuan') assert.equal(inScope(scope, facts), false)
    }
    assert.equal(inScope(scope, { office: 'yongchuan' }), kind === 'office')
    if (kind !== 'office') {
      const { value: _, ...without } = scope
      assert.ok(everything.every((facts) => !inScope(without, facts)))
    }
  }
})

test('the CASL rules of the browser say the same as the predicate of the server', () => {
  let agreements = 0
  for (const identity of everybody) {
    // The browser gets the rules as JSON.
    const ability = abilityOf(rules, identity)
    ability.update(JSON.parse(JSON.stringify(ability.rules)))
    for (const permission of Object.keys(rules.permissions)) {
      const scope = scopeOf(rules, identity, permission)
      assert.equal(ability.can(permission, 'Thing'), scope !== undefined)
      for (const facts of everything) {
        assert.equal(
          ability.can(permission, thing(facts)),
          scope !== undefined && inScope(scope, facts),
          JSON.stringify({ identity, permission, facts }),
        )
        agreements += 1
      }
    }
  }
  assert.ok(agreements > 10_000)
})

test('for view queries the same limit is an equality', () => {
  assert.deepEqual(scopeWhere({ office: 'o', kind: 'office' }), { office: 'o' })
  assert.deepEqual(scopeWhere({ office: 'o', kind: 'zone', value: 'z1' }), { office: 'o', zoneId: 'z1' })
  assert.deepEqual(scopeWhere({ office: 'o', kind: 'school', value: 's1' }), { office: 'o', schoolId: 's1' })
  assert.deepEqual(scopeWhere({ office: 'o', kind: 'supervisor', value: 'p1' }), { office: 'o', supervisorId: 'p1' })
  assert.deepEqual(scopeWhere({ office: 'o', kind: 'body', value: 'b1' }), { office: 'o', body: 'b1' })
  assert.notDeepEqual(scopeWhere({ office: 'o', kind: 'zone' }), { office: 'o' }, 'never everything')
})
