/** Makes plain data once, as long as that takes, and then copies of it: what one test changes in its own no other sees. */
export function copiesOf<Data>(make: () => Data): () => Data {
  let made: Data | undefined;
  return () => {
    made ??= make();
    return structuredClone(made);
  };
}
