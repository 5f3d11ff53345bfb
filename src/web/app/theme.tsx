import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { legacyLogicalPropertiesTransformer, StyleProvider } from '@ant-design/cssinjs';
import { App as AntApp, ConfigProvider, theme as antTheme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useWords } from '../words/language';
import { kept, styleNonce } from './browser';

const KEY = 'lujian.theme';
const GREEN = '#1b6b45';
const LIGHT_GREEN = '#7fd0a6';

interface Theme {
  dark: boolean;
  toggle(): void;
}

const Context = createContext<Theme>({ dark: false, toggle: () => undefined });
export const useTheme = (): Theme => useContext(Context);

const wantsDark = (): boolean => {
  const chosen = kept.get(KEY);
  return chosen === undefined ? window.matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
};

const FONTS =
  '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif';

// The library's own shades of these are too faint on their grounds (WCAG 1.4.3).
const texts: Readonly<Record<string, string>> = {
  ...{ green: '#237804', gold: '#874d00', orange: '#ad4e00', lime: '#3f6600', volcano: '#ad2102' },
  ...{ red: '#a8071a', cyan: '#006d75' },
};
const textsInDark: Readonly<Record<string, string>> = { red: '#f37370' };

/** The library knows each shade by two names and uses now the one, now the other. */
const shades = (of: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(of).flatMap(([name, shade]) => [
      [`${name}7`, shade],
      [`${name}-7`, shade],
    ]),
  );

const errors = (dark: boolean) =>
  dark
    ? { colorError: '#ff7875' }
    : {
        ...{ colorError: '#c5221f', colorErrorBg: '#fff2f0', colorErrorBorder: '#ffccc7' },
        ...{ colorErrorHover: '#a8071a', colorErrorActive: '#820014' },
      };

const tokens = (dark: boolean) => ({
  ...shades(dark ? textsInDark : texts),
  ...errors(dark),
  colorPrimary: dark ? LIGHT_GREEN : GREEN,
  colorInfo: dark ? LIGHT_GREEN : GREEN,
  // What the library would mix for the ground of chosen items is grey, and too near to their text.
  colorPrimaryBg: dark ? '#14251c' : '#e7f3ec',
  colorPrimaryBgHover: dark ? '#1c3427' : '#d3e8dc',
  colorLink: dark ? '#6cc497' : GREEN,
  // The lighter green that the library would mix cannot be read under the hand.
  colorLinkHover: dark ? '#8fd6b1' : '#14532f',
  colorInfoBg: dark ? '#14241c' : '#eef7f2',
  colorInfoBorder: dark ? '#2c5a42' : '#b7dcc7',
  borderRadius: 4,
  // Drawers and lists open and close at once: on busy machines a movement that never ends kept them on the screen.
  motion: false,
  fontFamily: FONTS,
  // Grey on white of the usual theme is too faint to read (WCAG 1.4.3).
  colorTextPlaceholder: dark ? '#9a9a9a' : '#6b6b6b',
  colorTextDescription: dark ? '#b0b0b0' : '#595959',
  colorTextTertiary: dark ? '#a6a6a6' : '#636363',
  colorTextDisabled: dark ? '#8c8c8c' : '#737373',
});

/** Light and dark; styles made for Chromium 86 (no :where, no logical properties) and for the page's policy. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language } = useWords();
  const [dark, setDark] = useState(wantsDark);
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);
  const toggle = (): void => {
    kept.set(KEY, dark ? 'light' : 'dark');
    setDark(!dark);
  };
  return (
    <Context value={{ dark, toggle }}>
      <StyleProvider hashPriority="high" transformers={[legacyLogicalPropertiesTransformer]}>
        <ConfigProvider
          locale={language === 'en' ? enUS : zhCN}
          csp={{ nonce: styleNonce() }}
          theme={{
            algorithm: dark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
            token: tokens(dark),
            // White on the lighter green of the dark theme could not be read.
            components: { Button: { primaryColor: dark ? '#06140c' : '#ffffff' } },
          }}
          button={{ autoInsertSpace: false }}
        >
          <AntApp>{children}</AntApp>
        </ConfigProvider>
      </StyleProvider>
    </Context>
  );
}
