import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The part of the compiled Tesseract that we call (tesseract.js-core; capi.h and baseapi.h). */
interface TesseractModule {
  readonly FS: { writeFile(path: string, data: Uint8Array): void };
  readonly TessBaseAPI: new () => TesseractApi;
}

interface TesseractApi {
  Init(dataPath: null, languages: string, engine: number): number;
  SetVariable(name: string, value: string): void;
  SetImageFile(exifOrientation: number, angle: number): number;
  Recognize(monitor: null): number;
  GetTSVText(page: number): string;
  Clear(): void;
  End(): void;
}

export type Language = 'jpn' | 'eng';

const LSTM_ONLY = 1;

type Core = (options: object) => Promise<TesseractModule>;

/** Tesseract for a set of languages, ready to read images; it lives in a thread. */
export class Tesseract {
  private constructor(
    private readonly module: TesseractModule,
    private readonly api: TesseractApi,
  ) {}

  static async create(languages: readonly Language[]): Promise<Tesseract> {
    // Chosen by path: the package has no types, and its SIMD build runs on every CPU that Node.js 24 runs on.
    const core = require('tesseract.js-core/tesseract-core-simd-lstm') as Core;
    const module = await core({
      TesseractProgress: () => undefined,
      print: () => undefined,
      printErr: () => undefined,
    });
    for (const language of languages) module.FS.writeFile(`${language}.traineddata`, trainedData(language));
    const api = new module.TessBaseAPI();
    if (api.Init(null, languages.join('+'), LSTM_ONLY) !== 0)
      throw new Error(`Tesseract could not load ${languages.join('+')}.`);
    api.SetVariable('preserve_interword_spaces', '1');
    return new Tesseract(module, api);
  }

  /** Reads an image (JPEG or PNG) under a page segmentation mode; the result is Tesseract's TSV. */
  read(image: Uint8Array, segmentationMode: number): string {
    this.module.FS.writeFile('/input', image);
    this.api.SetVariable('tessedit_pageseg_mode', String(segmentationMode));
    if (this.api.SetImageFile(1, 0) === 1) throw new Error('Tesseract cannot read the image.');
    this.api.Recognize(null);
    const tsv = this.api.GetTSVText(0);
    this.api.Clear();
    return tsv;
  }
}

/** The integer version of the best models, shipped with the package: nothing is fetched. */
function trainedData(language: Language): Uint8Array {
  const folder = dirname(require.resolve(`@tesseract.js-data/${language}/package.json`));
  return gunzipSync(readFileSync(join(folder, '4.0.0_best_int', `${language}.traineddata.gz`)));
}
