import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Named } from "../api/types";
import en from "./en.json";
import zh from "./zh.json";

export type Language = "zh" | "en";
export type Key = keyof typeof zh;
export type Words = Record<string, string | number>;

/** Both files hold the same keys, or this does not compile. */
const TEXTS: Record<Language, Record<Key, string>> = { zh, en: en satisfies Record<Key, string> };
zh satisfies Record<keyof typeof en, string>;

const STORED_AS = "oneflight.language";

export interface Localisation {
  language: Language;
  locale: string;
  t: (key: Key, words?: Words) => string;
  nameOf: (named: Named | undefined) => string;
  switchLanguage: () => void;
}

const Context = createContext<Localisation | null>(null);

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED_AS);
  if (stored === "zh" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh";
}

function fill(text: string, words: Words): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(words[name] ?? whole));
}

/** Gives everything below it the language: the last one chosen, else the browser's, else Chinese. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    localStorage.setItem(STORED_AS, language);
  }, [language]);
  const switchLanguage = useCallback(() => setLanguage((now) => (now === "zh" ? "en" : "zh")), []);
  const value = useMemo<Localisation>(
    () => ({
      language,
      locale: language === "zh" ? "zh-CN" : "en-GB",
      t: (key, words = {}) => fill(TEXTS[language][key], words),
      nameOf: (named) => (named === undefined ? TEXTS[language].unknown : language === "zh" ? named.name_zh : named.name_en),
      switchLanguage,
    }),
    [language, switchLanguage],
  );
  return <Context value={value}>{children}</Context>;
}

/** The language in use. */
export function useLanguage(): Localisation {
  const value = useContext(Context);
  if (value === null) throw new Error("useLanguage needs a LanguageProvider above it");
  return value;
}
