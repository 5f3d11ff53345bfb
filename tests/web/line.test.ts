import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../src/cli/sign/main';
import { done, newKey } from '../support/client';
import { aMine, aReadyInstitution, pdfFile, pictureFile, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';
import { describeInBrowser } from './support/browser';
import { attach, choose, fill, openForm, send, tick } from './support/filling';
import type { Visitor } from './support/visitor';

const asDeskFile = ({ bytes, mediaType, name }: ReturnType<typeof pdfFile>) => ({
  name,
  mimeType: mediaType,
  buffer: bytes,
});

describeInBrowser('from lot to acceptance', (browsing) => {
  let whole: Whole;
  let ready: ReadyInstitution;
  let mineId: string;
  let folder: string;
  beforeAll(async () => {
    whole = await wholeService();
    ready = await aReadyInstitution(whole);
    mineId = await aMine(whole);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-line-'));
  }, 120_000);
  afterAll(async () => {
    await whole.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const as = (person: Person): Promise<Visitor> => browsing.open(whole.url, { as: person, at: whole.clock.now() });
  const nameOf = async (id: string): Promise<string> =>
    (await done(whole.bureau.get(`/mines/${id}`))).record.name as string;
  const idIn = (visitor: Visitor): string => /([0-9a-f]{8}-[0-9a-f-]{27})/.exec(visitor.page.url())![1]!;

  /** Signs as somebody does at their own computer. */
  async function signAtHome(clerk: Person, pledge: string): Promise<void> {
    const issued = await done(
      clerk.post('/api-keys', { name: '签名程序', postId: clerk.postId, expiresOn: whole.today() }),
      201,
    );
    const said: string[] = [];
    const terminal = { say: (line: string) => void said.push(line), complain: (line: string) => void said.push(line) };
    const own = ['--key', path.join(folder, 'own.pem'), '--new-key', '--out', path.join(folder, 'pledge.pdf')];
    const what = ['--url', whole.url, '--api-key', issued.key as string, '--pledge', pledge, '--signer', '1'];
    expect({ code: await run([...what, ...own], terminal, newKey), said }).toMatchObject({ code: 0 });
  }

  const state = (visitor: Visitor, word: string): Promise<void> =>
    visitor.page.locator('.screen > header .ant-tag', { hasText: word }).waitFor();

  test('a lot is drafted, offered, taken up, assessed, pledged, reported and accepted', async () => {
    const mine = await nameOf(mineId);
    const bureau = await as(whole.bureau);
    await bureau.visit('/console/lots');
    const draft = await openForm(bureau.page, '拟制批次');
    await fill(draft, '名称', '示例2026年第一批');
    await choose(draft, '评估用途', ['生产矿山']);
    await draft.getByText('政府购买服务', { exact: true }).last().click();
    await fill(draft, '采购项目编号', '示例采购项目');
    await choose(draft, '矿山', [mine]);
    await send(draft);
    await state(bureau, '拟制中');
    const lot = idIn(bureau);

    const publish = await openForm(bureau.page, '公布候选机构名单');
    await publish.getByRole('button', { name: '选择全部已纳入机构' }).click();
    await send(publish);
    await state(bureau, '候选机构已公布');
    await bureau.checkAccess();

    const offer = await openForm(bureau.page, '委托');
    await choose(offer, '评估机构', [ready.name]);
    await send(offer);
    await bureau.page.getByText('份委托待机构确认').waitFor();

    const clerk = await as(ready.clerk);
    await clerk.visit('/console/assignments');
    await clerk.page.getByRole('link', { name: mine }).click();
    await clerk.settle();
    const answer = await openForm(clerk.page, '接受委托');
    for (const box of ['无关联关系', '未参与该矿山的自评估', '未以任何形式', '不转让、不外包']) await tick(answer, box);
    await fill(answer, '近一年与矿山企业的业务往来', '无');
    await send(answer);
    await state(clerk, '已接受委托');
    await clerk.page.getByRole('link', { name: '已委托' }).click();
    await clerk.page.getByRole('heading', { name: mine }).waitFor();
    const evaluation = idIn(clerk);

    const team = await openForm(clerk.page, '组建评估组');
    const [leader, ...members] = ready.staff.slice(0, 5).map((p) => p.name);
    await choose(team, '组长', [leader!]);
    await choose(team, '成员（不含组长）', members);
    await send(team);
    await state(clerk, '评估组已组建');

    const desk = await openForm(clerk.page, '登记内业评估');
    await tick(desk, '已核对先决条件');
    await fill(desk, '评估重点', '生态修复');
    await send(desk);
    await state(clerk, '内业评估已完成');

    const site = await openForm(clerk.page, '登记现场核查');
    await tick(site, '已在现场会上宣读真实性承诺书');
    await fill(site, '核查情况', '首次会议宣读承诺书');
    await send(site);
    await state(clerk, '现场核查中');

    for (const [kind, file] of [
      ['第三方评估报告', pdfFile('评估报告.pdf')],
      ['核查记录', pdfFile('核查记录.pdf')],
      ['影像资料', pictureFile()],
    ] as const) {
      const paper = await openForm(clerk.page, '提交材料');
      await paper.getByText(kind, { exact: true }).click();
      await attach(paper, '文件', asDeskFile(file));
      await send(paper);
      await clerk.page.getByRole('row').filter({ hasText: kind }).waitFor();
    }

    await send(await openForm(clerk.page, '制作承诺书'));
    const command = await clerk.page.locator('pre.command').innerText();
    const pledge = /--pledge (\S+)/.exec(command)![1]!;
    await signAtHome(ready.clerk, pledge);
    await clerk.visit(`/console/evaluations/${evaluation}`);
    await clerk.page.getByText('签署完成', { exact: true }).waitFor();

    const report = await openForm(clerk.page, '提交报告');
    await fill(report, '得分（百分制）', '86.50');
    await report.getByText('达到绿色矿山要求', { exact: true }).click();
    await send(report);
    await state(clerk, '报告已提交');
    await clerk.checkAccess();

    await bureau.visit(`/console/lots/${lot}`);
    await bureau.page.getByRole('link', { name: '报告已提交' }).click();
    await bureau.page.getByText('86.50').waitFor();
    await send(await openForm(bureau.page, '采信'));
    await state(bureau, '已采信');
    await bureau.settle();
    expect(await done(whole.bureau.get(`/evaluations/${evaluation}`))).toMatchObject({ state: 'accepted' });
  }, 120_000);
});
