/**
 * Provinces by their code of GB/T 2260. The XPCC (新疆生产建设兵团) acts as a bureau of its own; 660000 is a code by
 * convention (domain.md 6.4). Hong Kong, Macao and Taiwan keep no green-mine lists under the circular.
 */
export const provinces: Readonly<Record<string, string>> = {
  '110000': '北京市',
  '120000': '天津市',
  '130000': '河北省',
  '140000': '山西省',
  '150000': '内蒙古自治区',
  '210000': '辽宁省',
  '220000': '吉林省',
  '230000': '黑龙江省',
  '310000': '上海市',
  '320000': '江苏省',
  '330000': '浙江省',
  '340000': '安徽省',
  '350000': '福建省',
  '360000': '江西省',
  '370000': '山东省',
  '410000': '河南省',
  '420000': '湖北省',
  '430000': '湖南省',
  '440000': '广东省',
  '450000': '广西壮族自治区',
  '460000': '海南省',
  '500000': '重庆市',
  '510000': '四川省',
  '520000': '贵州省',
  '530000': '云南省',
  '540000': '西藏自治区',
  '610000': '陕西省',
  '620000': '甘肃省',
  '630000': '青海省',
  '640000': '宁夏回族自治区',
  '650000': '新疆维吾尔自治区',
  '660000': '新疆生产建设兵团',
};

const shortened = (name: string): string => name.replace(/(省|市|(壮族|回族|维吾尔)?自治区)$/u, '');

const byName = new Map(
  Object.entries(provinces).flatMap(([code, name]) => [[name, code] as const, [shortened(name), code] as const]),
);

/** Code of a province, from its code, its name or the name without 省, 市, 自治区; undefined for anything else. */
export function provinceCodeOf(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s/gu, '');
  return /^\d{6}$/.test(plain) && provinces[plain] !== undefined ? plain : byName.get(plain);
}
