import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { servicesOf } from '../images/bundle-service.ts'
import { chart, helm, type Manifest, render } from './helm.ts'

const found = helm('version')
const skip = found.missing ? 'no helm to be had: install helm, or a JDK (17 or newer) and mvn' : false
const root = join(import.meta.dirname, '..', '..')
const services = servicesOf(root).filter((name) => name !== 'standalone' && name !== 'portal')
const workloads = [...services, 'portal']

const Probe = z.object({
  httpGet: z.object({ path: z.string(), port: z.literal('http') }),
  failureThreshold: z.number(),
})
const Deployment = z.object({
  kind: z.literal('Deployment'),
  spec: z.object({
    replicas: z.number(),
    strategy: z.object({ rollingUpdate: z.object({ maxSurge: z.number(), maxUnavailable: z.number() }) }),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()), annotations: z.record(z.string(), z.string()) }),
      spec: z.object({
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.number().positive() }),
        containers: z.tuple([
          z.object({
            image: z.string(),
            envFrom: z.array(z.unknown()),
            env: z
              .array(
                z.object({
                  name: z.string(),
                  value: z.string().optional(),
                  valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }).optional(),
                }),
              )
              .default([]),
            startupProbe: Probe,
            readinessProbe: Probe,
            livenessProbe: Probe,
            lifecycle: z.object({ preStop: z.object({ sleep: z.object({ seconds: z.number() }) }) }),
            resources: z.object({ requests: z.object({}), limits: z.object({ memory: z.string() }) }),
            securityContext: z.object({
              allowPrivilegeEscalation: z.literal(false),
              readOnlyRootFilesystem: z.literal(true),
              capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
            }),
            volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
          }),
        ]),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
})

const secret = (name: string) => ({ address: '', secret: { name, key: 'address' }, builtIn: false })
const elsewhere = { engines: { events: secret('events'), bus: secret('bus'), views: secret('views') } }
const builtIn = { engines: { events: { builtIn: true }, bus: { builtIn: true }, views: { builtIn: true } } }

function named(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const match = manifests.find((each) => each.kind === kind && each.metadata.name === `probe-dulian-${name}`)
  assert.ok(match !== undefined, `no ${kind} ${name}`)
  return match
}

function names(manifests: readonly Manifest[], kind: string): readonly string[] {
  return manifests
    .filter((each) => each.kind === kind)
    .map(({ metadata }) => metadata.name.replace('probe-dulian-', ''))
    .toSorted()
}

describe(`the chart, read by Helm (${found.output.trim() || 'none'})`, { skip }, () => {
  test('has nothing that Helm’s own check complains of', () => {
    const { ok, output, error } = helm('lint', chart, '--strict')
    assert.ok(ok, output + error)
  })

  describe('with servers elsewhere', () => {
    const { manifests, error } = render(elsewhere)

    test('makes for each service a deployment, a service, a disruption budget and a policy, and no server', () => {
      assert.deepEqual(names(manifests, 'Deployment'), workloads.toSorted(), error)
      assert.deepEqual(names(manifests, 'Service'), workloads.toSorted())
      assert.deepEqual(names(manifests, 'PodDisruptionBudget'), workloads.toSorted())
      assert.deepEqual(names(manifests, 'NetworkPolicy'), workloads.toSorted())
      assert.deepEqual(names(manifests, 'StatefulSet'), [])
      assert.deepEqual(names(manifests, 'PersistentVolumeClaim'), ['files'])
      assert.deepEqual(names(manifests, 'Ingress'), [])
    })

    for (const workload of workloads)
      test(`${workload}: asked whether it is ready and alive, replaced without a gap, and allowed to do nothing else`, () => {
        const { spec } = Deployment.parse(named(manifests, 'Deployment', workload))
        assert.equal(spec.replicas, 2)
        assert.deepEqual(spec.strategy.rollingUpdate, { maxSurge: 1, maxUnavailable: 0 })
        const pod = spec.template.spec
        const [container] = pod.containers
        assert.equal(container.image, `dulian/${workload}:0.1.0`)
        // One process of the portal is as good as another, also when a service behind is away.
        assert.equal(container.startupProbe.httpGet.path, workload === 'portal' ? '/health/live' : '/health/ready')
        assert.equal(container.livenessProbe.httpGet.path, '/health/live')
        // A process ends within 10 s by itself, after it has left the lists.
        assert.ok(pod.terminationGracePeriodSeconds >= container.lifecycle.preStop.sleep.seconds + 15)
        assert.deepEqual(
          container.volumeMounts.map(({ mountPath }) => mountPath),
          ['/data', '/tmp'],
        )
        for (const [label, value] of Object.entries(spec.selector.matchLabels))
          assert.equal(spec.template.metadata.labels[label], value)
        assert.match(spec.template.metadata.annotations['checksum/settings'] ?? '', /^[0-9a-f]{64}$/)
      })

    test('takes the addresses of the servers from secrets and writes them nowhere', () => {
      for (const service of services) {
        const [container] = Deployment.parse(named(manifests, 'Deployment', service)).spec.template.spec.containers
        assert.deepEqual(container.env, [
          { name: 'DULIAN_EVENTS', valueFrom: { secretKeyRef: { name: 'events', key: 'address' } } },
          { name: 'DULIAN_BUS', valueFrom: { secretKeyRef: { name: 'bus', key: 'address' } } },
          { name: 'DULIAN_VIEWS', valueFrom: { secretKeyRef: { name: 'views', key: 'address' } } },
        ])
      }
      const [portal] = Deployment.parse(named(manifests, 'Deployment', 'portal')).spec.template.spec.containers
      assert.deepEqual(portal.env, [])
      assert.deepEqual(names(manifests, 'Secret'), [])
    })

    test('tells the portal where each service is', () => {
      const settings = z
        .object({ data: z.record(z.string(), z.string()) })
        .parse(manifests.find(({ kind }) => kind === 'ConfigMap')).data
      assert.deepEqual(
        settings.DULIAN_SERVICES?.split(',').toSorted(),
        services.map((service) => `${service}=http://probe-dulian-${service}`).toSorted(),
      )
    })

    test('brings a test that asks the portal', () => {
      // The library leaves the tests of a chart out, the program shows them.
      const asked = manifests.find(({ metadata }) => metadata.annotations['helm.sh/hook'] === 'test')
      if (asked !== undefined) assert.match(JSON.stringify(asked), /probe-dulian-portal:80\/health\/ready/)
    })
  })

  describe('with built-in servers', () => {
    const { manifests, error } = render(builtIn)

    test('adds one pod of each, reached by the services and itself alone', () => {
      const servers = ['kafka', 'kurrentdb', 'mongodb']
      assert.deepEqual(names(manifests, 'StatefulSet'), servers, error)
      for (const server of servers) {
        const policy = JSON.stringify(named(manifests, 'NetworkPolicy', server))
        for (const service of services) assert.ok(policy.includes(`"${service}"`))
        assert.ok(!policy.includes('"portal"'))
      }
    })

    test('names them to the services, and the broker to itself', () => {
      const [container] = Deployment.parse(named(manifests, 'Deployment', 'office')).spec.template.spec.containers
      assert.deepEqual(
        container.env.map(({ value }) => value),
        [
          'esdb://probe-dulian-kurrentdb:2113?tls=false',
          'kafka://probe-dulian-kafka:9092',
          'mongodb://probe-dulian-mongodb:27017/?replicaSet=dulian',
        ],
      )
      const settings = JSON.stringify(named(manifests, 'ConfigMap', 'kafka'))
      assert.match(settings, /advertised\.listeners=PLAINTEXT:\/\/probe-dulian-kafka:9092/)
      assert.doesNotMatch(settings, /\{\{/)
    })
  })

  test('every way of naming a server but exactly one is refused with its reason', () => {
    assert.match(render({}).error, /engines\.\w+: set exactly one of address, secret and builtIn/)
    const twice = { ...elsewhere, engines: { ...elsewhere.engines, bus: { ...secret('bus'), builtIn: true } } }
    assert.match(render(twice).error, /engines\.bus: set exactly one/)
  })

  test('what the schema does not know is refused, and so is an ingress without a host', () => {
    assert.equal(render({ ...elsewhere, replicas: 3 }).ok, false)
    assert.match(render({ ...elsewhere, ingress: { enabled: true } }).error, /ingress\.host/)
  })

  test('what is asked for is there: a claim that exists, a number of pods, an ingress, a service’s own settings', () => {
    const { manifests, error } = render({
      ...elsewhere,
      files: { existingClaim: 'evidence' },
      services: { office: { replicas: 1, env: [{ name: 'NODE_OPTIONS', value: '--max-old-space-size=256' }] } },
      ingress: { enabled: true, host: 'dulian.example.org', tlsSecretName: 'dulian-tls', className: 'nginx' },
      networkPolicy: { portalFrom: [{ namespaceSelector: { matchLabels: { name: 'ingress' } } }] },
    })
    assert.ok(manifests.length > 0, error)
    assert.deepEqual(names(manifests, 'PersistentVolumeClaim'), [])
    const { spec } = Deployment.parse(named(manifests, 'Deployment', 'office'))
    assert.equal(spec.replicas, 1)
    assert.ok(spec.template.spec.containers[0].env.some(({ name }) => name === 'NODE_OPTIONS'))
    assert.match(JSON.stringify(spec.template.spec.volumes), /"claimName":"evidence"/)
    // A budget for a single pod would only keep its machine from being emptied.
    assert.ok(!names(manifests, 'PodDisruptionBudget').includes('office'))
    const ingress = manifests.find(({ kind }) => kind === 'Ingress')
    assert.match(JSON.stringify(ingress), /"host":"dulian\.example\.org".*"name":"probe-dulian-portal"/)
  })
})
