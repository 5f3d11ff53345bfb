import type { Words } from '../../words/language';

export const authorityWords: Words = {
  authorities: ['主管机关', 'Authorities'],
  'authorities.all': ['全部机关', 'All authorities'],
  'authorities.find': ['机关名称或行政区划代码', 'Name or division code'],
  'authorities.below': ['{name}的下级机关', 'Authorities below {name}'],
  'authorities.none': ['尚未登记主管机关', 'No authority is on record'],
  'authorities.owner': ['本系统所属', 'Owns the installation'],
  'authorities.register': ['登记机关', 'Register an authority'],
  'authorities.amend': ['变更名称或隶属', 'Change name or parent'],
  'authorities.amend.from': ['自该日起', 'From'],
  'authorities.amend.from.help': [
    '不晚于今日；此前的名称和隶属保留在沿革中',
    'Today at the latest; what held before stays in the history',
  ],
  'authorities.end': ['登记撤销', 'Record its end'],
  'authorities.lastDay': ['最后一日（含）', 'Last day'],
  'authorities.code': ['行政区划代码', 'Division code'],
  'authorities.code.help': [
    '六位（GB/T 2260），例如山东省 370000；全国 100000，新疆生产建设兵团 660000',
    'Six digits (GB/T 2260), such as 370000 for Shandong; 100000 for the nation, 660000 for the Corps',
  ],
  'authorities.kind': ['机关类别', 'Kind'],
  'authorityKind.natural-resources': ['自然资源', 'Natural resources'],
  'authorityKind.ecology': ['生态环境', 'Ecology and environment'],
  'authorityKind.forestry': ['林草', 'Forestry and grassland'],
  'authorityKind.other': ['其他', 'Other'],
  'authorities.name': ['机关全称', 'Full name'],
  'authorities.name.help': [
    '显示在页眉、文书和公开查询中',
    'Shown on top of each page, on papers and in the public look-up',
  ],
  'authorities.parent': ['上级机关', 'Above it'],
  'authorities.parent.help': ['没有上级的不填', 'Left empty where nothing stands above it'],
  'authorities.basis': ['隶属依据', 'Basis of its place'],
  'authorities.basis.help': [
    '上级机关的行政区划不含本机关时填写文号，例如兵团各师',
    'The paper, where the division above does not hold this one, such as divisions of the Corps',
  ],
  'authorities.from': ['设立之日', 'Since'],
  'authorities.days': ['存续期间', 'Exists'],
  'authorities.history': ['名称与隶属的沿革', 'History of name and place'],
  'authorities.set': ['设定主管机关', 'Set the authority'],
  'authorities.set.once': [
    '本系统属于哪一个主管机关。只设一次，设定后代码不能更改；改名可另行登记。',
    'Whose installation this is. Set once; the code cannot be changed afterwards, a new name can be recorded.',
  ],
  'authorities.notSet': [
    '尚未设定本系统所属的主管机关，其他工作由此开始。',
    'The authority that owns the installation is not set; everything begins with that.',
  ],
};
