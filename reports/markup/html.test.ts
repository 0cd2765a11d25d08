import { expect, test } from 'vitest';
import { html } from './index.ts';

test('inserted text can neither start markup, nor leave an attribute, nor turn around what stands beside it', () => {
  const name = `<b a="'">&\u0000\u001b\u009b\u202e\u2066\ud800\n\tx`;
  expect(html`<p title="${name}">${[name, null, false, 1, html`<i></i>`]}</p>`.text).toBe(
    [
      '<p title="&lt;b a=&quot;&#39;&quot;&gt;&amp;\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\n\tx">',
      '&lt;b a=&quot;&#39;&quot;&gt;&amp;\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\n\tx1<i></i></p>',
    ].join(''),
  );
});
