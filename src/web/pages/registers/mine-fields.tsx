import { Select } from 'antd';
import * as z from 'zod';
import { provinces } from '../../../modules/mines/core/provinces';
import { mineContent } from '../../../modules/mines/mines.contract';
import { mineListRoutes } from '../../../modules/mines/lists.contract';
import { putContacts } from '../../../modules/mines/contacts.contract';
import type { Overrides } from '../../forms/fields';
import { useWords } from '../../words/language';

/** What an entry says of a mine and what its lists say, by the names that the history uses. */
export const mineSchema = z.object(mineContent);
export const mineHistorySchema = z.object({
  ...mineContent,
  licences: mineListRoutes.putLicences.body!.shape.items,
  listStatuses: mineListRoutes.putListEntries.body!.shape.items,
  contacts: putContacts.shape.items,
});

export const provinceOptions = Object.entries(provinces).map(([value, label]) => ({ value, label }));

function ProvinceSelect(props: { value?: string; onChange?: (code: string) => void; id?: string }) {
  return <Select showSearch={{ optionFilterProp: 'label' }} options={provinceOptions} {...props} />;
}

/** How a mine's content is asked for. */
export function useMineOverrides(): Overrides {
  const { t } = useWords();
  return {
    name: { label: t('mines.name') },
    province: { label: t('field.province'), control: () => <ProvinceSelect /> },
    status: { label: t('mines.status') },
    list: { label: t('mines.list') },
    minerals: { label: t('field.minerals'), help: t('mines.minerals.help') },
  };
}
