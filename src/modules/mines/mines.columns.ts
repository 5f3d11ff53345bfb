import type { ImportColumn } from '../imports';
import { checkCreditCode } from '../organisations';
import { judgeLicence } from './core/licence-number';
import { provinceCodeOf } from './core/provinces';

const checkLicence = (text: string): { value: string } | { fault: string } => {
  const judged = judgeLicence(text);
  return judged.ok ? { value: judged.number } : { fault: judged.reason };
};

const checkProvince = (text: string): { value: string } | { fault: string } => {
  const code = provinceCodeOf(text);
  return code === undefined ? { fault: '不是省级行政区的名称或代码。' } : { value: code };
};

/** The register of a mine in one line. */
export const mineColumns: readonly ImportColumn[] = [
  {
    key: 'name',
    title: '矿山名称',
    also: ['名称', '矿山', '矿名', 'mine_name', 'name'],
    required: true,
    kind: 'text',
    max: 200,
    width: 32,
    example: '示例石灰岩矿',
  },
  {
    key: 'province',
    title: '省份',
    also: ['省', '所在省', '省级行政区', 'province'],
    required: true,
    kind: 'text',
    max: 20,
    check: checkProvince,
    example: '山东省',
  },
  { key: 'division', title: '市县', also: ['所在市县', '市、县', '所在地', '行政区', '地市'], kind: 'text', max: 100 },
  { key: 'divisionCode', title: '行政区划代码', also: ['区划代码'], kind: 'text', max: 6, example: '370102' },
  {
    key: 'sizeClass',
    title: '生产规模',
    also: ['规模', '矿山规模', 'size_class'],
    kind: 'choice',
    words: [
      ['large', '大型', '大'],
      ['medium', '中型', '中'],
      ['small', '小型', '小'],
    ],
  },
  {
    key: 'minerals',
    title: '矿种',
    also: ['开采矿种', '主要矿种', 'minerals'],
    kind: 'text',
    max: 200,
    hint: '主矿种在前，以“、”分隔',
    example: '石灰岩',
  },
  {
    key: 'miningMethod',
    title: '开采方式',
    also: ['采矿方式'],
    kind: 'choice',
    words: [
      ['open-pit', '露天', '露天开采'],
      ['underground', '地下', '地下开采', '井工', '井下'],
      ['combined', '露天加地下', '露天/地下', '露天+地下'],
      ['solution', '溶浸', '水溶', '溶浸（水溶）'],
      ['well', '钻井'],
      ['other', '其他', '其它'],
    ],
  },
  {
    key: 'operation',
    title: '生产状态',
    also: ['矿山状态', '生产情况'],
    kind: 'choice',
    words: [
      ['building', '在建', '新建', '基建'],
      ['producing', '在产', '生产', '正常生产'],
      ['suspended', '停产'],
      ['closed', '闭坑', '关闭'],
    ],
  },
  {
    key: 'licenceNumber',
    title: '采矿许可证号',
    also: ['许可证号', '采矿证号', '采矿许可证', 'licence_number', 'licence number'],
    kind: 'code',
    check: checkLicence,
    width: 28,
    hint: '23 位，以 C 开头',
  },
  {
    key: 'operatorCode',
    title: '矿山企业代码',
    also: ['采矿权人代码', '矿山企业统一社会信用代码', '统一社会信用代码', '信用代码', 'operator_uscc'],
    kind: 'code',
    check: checkCreditCode,
    hint: '采矿权人的统一社会信用代码，须先登记为组织',
  },
  {
    key: 'list',
    title: '所列名录',
    also: ['名录', '名录名称', 'list'],
    kind: 'text',
    max: 100,
    example: '省级绿色矿山名录',
  },
  {
    key: 'status',
    title: '名录状态',
    also: ['状态', 'status'],
    kind: 'choice',
    words: [
      ['on-list', '在名录', '在册', 'on list', 'on-list'],
      ['public-notice', '公示中', '公示', 'public notice', 'public-notice'],
      ['correction', '整改中', '整改', 'correction'],
      ['removed', '已移出', '移出', 'removed'],
    ],
  },
  { key: 'note', title: '备注', also: ['说明', 'note'], kind: 'text', max: 500 },
  { key: 'from', title: '自何日起', also: ['起始日期', '登记日期', '入库日期'], kind: 'day', month: 'first' },
  { key: 'paper', title: '依据', also: ['来源', '依据文件', '文号', 'source_url'], kind: 'text', max: 200 },
];
