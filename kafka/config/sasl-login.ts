import { inspect } from 'node:util';
import type { ConfigEntries } from './config-entries.ts';

const MECHANISMS = {
  PLAIN: { name: 'plain', module: 'PlainLoginModule' },
  'SCRAM-SHA-256': { name: 'scram-sha-256', module: 'ScramLoginModule' },
  'SCRAM-SHA-512': { name: 'scram-sha-512', module: 'ScramLoginModule' },
} as const;

/** Name and password for SASL, in the shape kafkajs takes. Printing it, in any form, does not show the password. */
export class SaslLogin {
  readonly mechanism: (typeof MECHANISMS)[keyof typeof MECHANISMS]['name'];
  readonly username: string;
  readonly #password: string;

  constructor(mechanism: SaslLogin['mechanism'], username: string, password: string) {
    this.mechanism = mechanism;
    this.username = username;
    this.#password = password;
  }

  get password(): string {
    return this.#password;
  }

  /** For util.inspect, which can be told to call getters. */
  [inspect.custom](): string {
    return `SaslLogin(${this.mechanism}, ${this.username})`;
  }
}

/** Reads sasl.mechanism and sasl.jaas.config. */
export function readSaslLogin(entries: ConfigEntries): SaslLogin {
  const given = entries.require('sasl.mechanism', 'the SASL security protocols').toUpperCase();
  const known = Object.keys(MECHANISMS).join(', ');
  if (!isMechanism(given))
    throw entries.invalid('sasl.mechanism', `is not one of those that are supported: ${known}`);
  const { name, module } = MECHANISMS[given];
  const jaas = entries.require('sasl.jaas.config', 'the SASL security protocols');
  if (!jaas.includes(`.${module} `))
    throw entries.invalid('sasl.jaas.config', `does not name the ${module} that ${given} needs`);
  const username = jaasOption(jaas, 'username');
  const password = jaasOption(jaas, 'password');
  if (username === undefined || password === undefined)
    throw entries.invalid('sasl.jaas.config', 'lacks username="…" or password="…"');
  return new SaslLogin(name, username, password);
}

function isMechanism(text: string): text is keyof typeof MECHANISMS {
  return Object.hasOwn(MECHANISMS, text);
}

/** Value of an option of a JAAS login module: quoted, with backslash escapes, or bare. */
function jaasOption(jaas: string, option: string): string | undefined {
  const found = new RegExp(
    `\\s${option}\\s*=\\s*(?:"((?:\\\\.|[^"\\\\])*)"|'([^']*)'|([^\\s;"']+))`,
    's',
  ).exec(jaas);
  if (found === null) return undefined;
  return found[1]?.replaceAll(/\\(.)/gs, '$1') ?? found[2] ?? found[3];
}
