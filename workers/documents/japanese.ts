const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆〇、。，．・「」『』（）〈〉《》【】〔〕！？：；…‥～]/u;

/** Whether a character belongs to Japanese running text, which has no blanks between its words. */
export function isJapanese(character: string): boolean {
  return CJK.test(character);
}

/** Removes blanks that stand between two Japanese characters; ideographic spaces (U+3000) are meant and stay. */
export function joinJapanese(line: string): string {
  return line.replace(/ +/g, (blanks, at: number) => {
    const before = line.at(at - 1) ?? '';
    const after = line.at(at + blanks.length) ?? '';
    return at > 0 && isJapanese(before) && isJapanese(after) ? '' : ' ';
  });
}
