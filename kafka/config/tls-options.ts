import { readFile } from 'node:fs/promises';
import {
  type ConnectionOptions,
  createSecureContext,
  type SecureContextOptions,
  type SecureVersion,
} from 'node:tls';
import type { ConfigEntries, PropertyName } from './config-entries.ts';

const VERSIONS: readonly SecureVersion[] = ['TLSv1.2', 'TLSv1.3'];

/**
 * Reads the ssl.* entries: stores in PEM, in place or as files. `true` stands for the system's certificates and no key. Keys are
 * put into an opaque secure context, so that the options can be printed without showing them.
 */
export async function readTlsOptions(entries: ConfigEntries): Promise<true | ConnectionOptions> {
  const material: SecureContextOptions = {
    ...(await trusted(entries)),
    ...(await own(entries)),
    ...versions(entries),
  };
  const options: ConnectionOptions = {};
  if (Object.keys(material).length > 0) options.secureContext = secureContext(entries, material);
  const algorithm = entries.get('ssl.endpoint.identification.algorithm');
  if (algorithm === '') options.checkServerIdentity = () => undefined;
  else if (algorithm !== undefined && algorithm.toLowerCase() !== 'https')
    throw entries.invalid('ssl.endpoint.identification.algorithm', 'is neither "https" nor empty');
  return Object.keys(options).length === 0 ? true : options;
}

async function trusted(entries: ConfigEntries): Promise<SecureContextOptions> {
  const ca = await pem(
    entries,
    'ssl.truststore.certificates',
    'ssl.truststore.location',
    'ssl.truststore.type',
  );
  return ca === undefined ? {} : { ca };
}

async function own(entries: ConfigEntries): Promise<SecureContextOptions> {
  const chain = entries.get('ssl.keystore.certificate.chain');
  const key = await pem(entries, 'ssl.keystore.key', 'ssl.keystore.location', 'ssl.keystore.type');
  if (key === undefined) {
    if (chain !== undefined) entries.require('ssl.keystore.key', 'ssl.keystore.certificate.chain');
    return {};
  }
  const passphrase = entries.get('ssl.key.password');
  // A store file holds the key and its certificates behind each other, as Kafka wants it.
  return { key, cert: chain ?? key, ...(passphrase === undefined ? {} : { passphrase }) };
}

/** The PEM text in the entry `inline`, or in the file that the entry `location` names. */
async function pem(
  entries: ConfigEntries,
  inline: PropertyName,
  location: PropertyName,
  type: PropertyName,
): Promise<string | undefined> {
  const storeType = entries.get(type);
  if (storeType !== undefined && storeType.toUpperCase() !== 'PEM') throw entries.notPem(type);
  const text = entries.get(inline);
  if (text !== undefined) {
    if (!isPem(text)) throw entries.invalid(inline, 'is not PEM');
    return text;
  }
  const path = entries.get(location);
  if (path === undefined) return undefined;
  const content = await readFile(path, 'latin1').catch((failure: NodeJS.ErrnoException) => {
    throw entries.invalid(location, `names a file that cannot be read (${failure.code ?? 'unknown reason'})`);
  });
  if (!isPem(content)) throw entries.notPem(location);
  return content;
}

function isPem(text: string): boolean {
  return text.includes('-----BEGIN ');
}

function versions(entries: ConfigEntries): SecureContextOptions {
  const given = entries.get('ssl.enabled.protocols')?.split(/\s*,\s*/);
  if (given === undefined) return {};
  const known = VERSIONS.filter((version) => given.includes(version));
  if (known.length !== given.length || known.length === 0)
    throw entries.invalid('ssl.enabled.protocols', `is not a list of ${VERSIONS.join(' and ')}`);
  return { minVersion: known[0] as SecureVersion, maxVersion: known.at(-1) as SecureVersion };
}

function secureContext(
  entries: ConfigEntries,
  material: SecureContextOptions,
): ConnectionOptions['secureContext'] {
  try {
    return createSecureContext(material);
  } catch (failure) {
    // The library's text is left out: it is about the bytes of the key.
    const code = (failure as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw entries.invalid(
      blamed(entries, material),
      `cannot be used (${code}); an encrypted key needs the right ssl.key.password`,
    );
  }
}

function blamed(entries: ConfigEntries, material: SecureContextOptions): PropertyName {
  const names: readonly PropertyName[] =
    material.key === undefined
      ? ['ssl.truststore.certificates', 'ssl.truststore.location']
      : ['ssl.keystore.key', 'ssl.keystore.location'];
  return names.find((name) => entries.get(name) !== undefined) ?? 'ssl.enabled.protocols';
}
