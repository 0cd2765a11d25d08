import { defineErrors } from '../errors/index.ts';

/** Errors of what needs a Java of this machine: the embedded Kafka, and the real engines. */
export const javaErrors = defineErrors({
  JAVA_MISSING: {
    message: '{what} needs Java 17 or newer, and no Java was found (tried {tried}).',
    hint: 'Install a Java runtime (Debian: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME{instead}.',
    exit: 'usage',
  },
  JAVA_TOO_OLD: {
    message: '{what} needs Java 17 or newer; {java} is version {version}.',
    hint: 'Install Java 17 and set JAVA_HOME to it{instead}.',
    exit: 'usage',
  },
  JAVA_NO_COMPILER: {
    message: '{what} compiles jobs, and {java} is a runtime without a compiler (no {file}).',
    hint: 'Install a JDK (Debian: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME to one{instead}.',
    exit: 'usage',
  },
  MAVEN_MISSING: {
    message: '{what} comes as jars that Maven resolves, and no mvn was found on the PATH.',
    hint: 'Install Maven (Debian: apt-get install maven){instead}.',
    exit: 'usage',
  },
  MAVEN_FAILED: {
    message: 'Maven could not make the jars of {what}: {reason}',
    hint: 'Check that Maven reaches its repository, then try again. All that it said is in {log}.',
    exit: 'crash',
  },
  MAVEN_INTERRUPTED: {
    message: 'The jars of {what} are not there yet: Maven was interrupted.',
    hint: 'The next command that needs them goes on from what Maven has fetched.',
    exit: 'interrupted',
  },
});
