/**
 * JSON Schema of the part of the Compose specification that docker-compose.yml uses. It is closed: a misspelt or unknown entry
 * fails, and so does a service without a health check or with a port that other machines could reach; one on the machine's own network
 * publishes none, and is held to loopback by its own settings. No top-level `name`: Compose 1.29, which Debian ships, does not know it.
 */
export const COMPOSE_SCHEMA = {
  type: 'object',
  required: ['services'],
  additionalProperties: false,
  properties: {
    services: {
      type: 'object',
      minProperties: 1,
      additionalProperties: { $ref: '#/definitions/service' },
    },
    volumes: { type: 'object', additionalProperties: { $ref: '#/definitions/volume' } },
  },
  definitions: {
    service: {
      type: 'object',
      required: ['image', 'healthcheck'],
      oneOf: [{ required: ['ports'] }, { required: ['network_mode'] }],
      additionalProperties: false,
      properties: {
        // A tag is asked for, so that two machines run the same version.
        image: { type: 'string', pattern: '^[a-z0-9./_-]+:[A-Za-z0-9._-]+$', not: { pattern: ':latest$' } },
        profiles: { type: 'array', minItems: 1, items: { enum: ['flink', 'spark'] } },
        command: { type: 'array', items: { type: 'string' } },
        network_mode: { const: 'host' },
        ports: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', pattern: '^127\\.0\\.0\\.1:\\d{1,5}:\\d{1,5}$' },
        },
        // Quoted numbers and booleans: what YAML would otherwise turn into another text.
        environment: {
          type: 'object',
          propertyNames: { pattern: '^[A-Z][A-Z0-9_]*$' },
          additionalProperties: { type: 'string' },
        },
        volumes: {
          type: 'array',
          items: { type: 'string', pattern: '^(\\./|/)?[A-Za-z0-9./_-]+:/[^:]+(:ro)?$' },
        },
        user: { type: 'string' },
        depends_on: { type: 'array', items: { type: 'string' } },
        healthcheck: { $ref: '#/definitions/healthcheck' },
      },
    },
    volume: {
      type: 'object',
      additionalProperties: false,
      properties: { driver_opts: { type: 'object', additionalProperties: { type: 'string' } } },
    },
    healthcheck: {
      type: 'object',
      required: ['test', 'interval', 'timeout', 'retries'],
      additionalProperties: false,
      properties: {
        test: {
          type: 'array',
          minItems: 2,
          items: { type: 'string' },
          contains: { enum: ['CMD', 'CMD-SHELL'] },
        },
        interval: { $ref: '#/definitions/duration' },
        timeout: { $ref: '#/definitions/duration' },
        start_period: { $ref: '#/definitions/duration' },
        retries: { type: 'integer', minimum: 1 },
      },
    },
    duration: { type: 'string', pattern: '^\\d+(ms|s|m)$' },
  },
} as const;
