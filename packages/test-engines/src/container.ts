import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'
import type { EngineName, TestEngine } from './engine.ts'
import { freePort } from './free-port.ts'

interface Recipe {
  readonly title: string
  readonly start: (port: number) => Promise<StartedTestContainer>
  readonly address: (port: number) => string
}

const recipes: Record<EngineName, Recipe> = {
  kafka: {
    title: 'Apache Kafka 4.4.0, one node (container)',
    // A broker tells its clients the address it is to be reached at, so the port outside is settled beforehand.
    start: (port) =>
      new GenericContainer('apache/kafka:4.4.0')
        .withEnvironment({
          KAFKA_NODE_ID: '1',
          KAFKA_PROCESS_ROLES: 'broker,controller',
          KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
          KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
          KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
          KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
          KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
          KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
          KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
          KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
          KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
          KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        })
        .withExposedPorts({ container: 9092, host: port })
        .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
        .start(),
    address: (port) => `kafka://127.0.0.1:${port}`,
  },
  mongodb: {
    title: 'MongoDB 8.0 (container)',
    start: (port) => new GenericContainer('mongo:8.0').withExposedPorts({ container: 27017, host: port }).start(),
    address: (port) => `mongodb://127.0.0.1:${port}`,
  },
  kurrentdb: {
    title: 'KurrentDB 26.0 LTS (container)',
    start: (port) =>
      new GenericContainer('docker.kurrent.io/kurrent-lts/kurrentdb:26.0')
        .withEnvironment({
          KURRENTDB_CLUSTER_SIZE: '1',
          KURRENTDB_RUN_PROJECTIONS: 'None',
          KURRENTDB_INSECURE: 'true',
          KURRENTDB_NODE_PORT: '2113',
          KURRENTDB_MAX_APPEND_SIZE: '16777216',
        })
        .withExposedPorts({ container: 2113, host: port })
        .withWaitStrategy(Wait.forHealthCheck())
        .start(),
    address: (port) => `esdb://127.0.0.1:${port}?tls=false`,
  },
}

/** Starts the engine's official image, as pinned. */
export async function startContainer(name: EngineName): Promise<TestEngine> {
  const { title, start, address } = recipes[name]
  const port = await freePort()
  const container = await start(port)
  return {
    name,
    address: address(port),
    source: 'container',
    title,
    async stop() {
      await container.stop()
    },
  }
}
