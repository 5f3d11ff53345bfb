import express from 'express';

// A small page of our own: it reads openapi.json and needs nothing from outside, so it works in a closed network.

const page = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>绿鉴接口说明</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/docs/docs.css"></head>
<body><header><h1>绿鉴接口说明</h1><p>由解析请求的同一份声明生成 · <a href="/api/v1/openapi.json">openapi.json</a></p>
<input id="filter" type="search" placeholder="按地址或说明筛选" aria-label="筛选"></header>
<main id="list"><p>正在读取…</p></main><script src="/docs/docs.js"></script></body></html>`;

const style = `body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0;color:#1d2b26;background:#f6f8f7}
header{background:#14533c;color:#fff;padding:16px 24px}header h1{margin:0;font-size:22px}header p{margin:4px 0 10px}
header a{color:#cfeadd}header input{width:100%;max-width:420px;padding:6px 10px;border:0;border-radius:4px;font:inherit}
main{max-width:1100px;margin:0 auto;padding:16px 24px}h2{border-bottom:2px solid #14533c;padding-bottom:4px}
details{background:#fff;border:1px solid #d7e0dc;border-radius:6px;margin:8px 0;padding:0 12px}
summary{cursor:pointer;padding:8px 0;display:flex;gap:10px;align-items:baseline;flex-wrap:wrap}
.m{font:600 12px/1.8 ui-monospace,monospace;min-width:56px;text-align:center;border-radius:4px;color:#fff;background:#2d6a8a}
.m.post{background:#1c7a4f}.m.put,.m.patch{background:#8a6a1c}.m.delete{background:#96392f}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{background:#f0f4f2;padding:10px;overflow:auto;border-radius:4px}
table{border-collapse:collapse;width:100%}td,th{border:1px solid #d7e0dc;padding:4px 8px;text-align:left;vertical-align:top}
.who{color:#5b6d66;font-size:13px}`;

const script = `(async function () {
  'use strict';
  const list = document.getElementById('list');
  const make = (tag, attributes, ...children) => {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
    e.append(...children.filter((c) => c !== null && c !== undefined));
    return e;
  };
  const pretty = (value) => make('pre', {}, JSON.stringify(value, null, 2));
  const row = (...cells) => make('tr', {}, ...cells.map((c) => make('td', {}, c)));
  const head = (...cells) => make('tr', {}, ...cells.map((c) => make('th', {}, c)));
  const section = (path, method, op) => {
    const who = op.security && op.security.length === 0 ? '公开' : op['x-permission'] ? '权限 ' + op['x-permission'] : '登录后';
    const box = make('details', { 'data-text': (method + ' ' + path + ' ' + op.summary).toLowerCase() },
      make('summary', {}, make('span', { class: 'm ' + method }, method.toUpperCase()), make('code', {}, path),
        make('span', {}, op.summary), make('span', { class: 'who' }, who)));
    if (op.parameters.length) box.append(make('table', {}, head('参数', '位置', '必填', '说明'),
      ...op.parameters.map((p) => row(make('code', {}, p.name), p.in, p.required ? '是' : '否', p.description || JSON.stringify(p.schema)))));
    const body = op.requestBody && op.requestBody.content['application/json'];
    if (body) box.append(make('h4', {}, '请求体'), pretty(body.schema));
    box.append(make('h4', {}, '答复'), make('table', {}, head('状态', '说明'),
      ...Object.entries(op.responses).map(([s, r]) => row(s, r.description))));
    const ok = Object.values(op.responses)[0];
    if (ok.content && ok.content['application/json']) box.append(pretty(ok.content['application/json'].schema));
    return box;
  };
  const reply = await fetch('/api/v1/openapi.json');
  const doc = await reply.json();
  const groups = new Map();
  for (const [path, methods] of Object.entries(doc.paths)) for (const [method, op] of Object.entries(methods)) {
    const tag = op.tags[0];
    if (!groups.has(tag)) groups.set(tag, []);
    groups.get(tag).push(section(path, method, op));
  }
  list.replaceChildren();
  for (const [tag, boxes] of groups) list.append(make('section', {}, make('h2', {}, tag), ...boxes));
  document.getElementById('filter').addEventListener('input', (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    for (const box of list.querySelectorAll('details')) box.hidden = !box.dataset.text.includes(wanted);
    for (const s of list.querySelectorAll('section')) s.hidden = !s.querySelector('details:not([hidden])');
  });
})();`;

/** /docs: the API description as a page, with local assets only. */
export function docsRoutes(): express.Router {
  const router = express.Router();
  router.get('/', (_req, res) => void res.type('html').send(page));
  router.get('/docs.css', (_req, res) => void res.type('css').send(style));
  router.get('/docs.js', (_req, res) => void res.type('js').send(script));
  return router;
}
