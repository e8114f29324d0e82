export type PlanFileCode =
  | 'PLAN_FILE_EMPTY'
  | 'PLAN_FILE_TOO_LARGE'
  | 'PLAN_FILE_OLD_WORD'
  | 'PLAN_FILE_IS_PDF'
  | 'PLAN_FILE_NOT_A_DOCUMENT'
  | 'PLAN_FILE_DAMAGED'

/** Why a file could not be read as a plan: a stable code and a Chinese sentence that says what to do. */
export type PlanFileProblem = { code: PlanFileCode; detail: string; fileName: string }

const details: Record<PlanFileCode, string> = {
  PLAN_FILE_EMPTY: '文件里没有文字。请检查是否选错了文件，扫描件请先识别成文字。',
  PLAN_FILE_TOO_LARGE: '文件太大：文件不超过 20 MB，解压后的正文不超过 24 MB。请删去图片后重试。',
  PLAN_FILE_OLD_WORD: '这是旧版 Word 或 WPS 文件（.doc/.wps）。请用 Word 或 WPS 打开，另存为 .docx 后再导入。',
  PLAN_FILE_IS_PDF: '暂不支持 PDF。请导入公文的 .docx 原稿，或将正文复制到 .txt 文件后再导入。',
  PLAN_FILE_NOT_A_DOCUMENT: '无法识别这个文件。可导入 .docx 文件或纯文本 .txt 文件。',
  PLAN_FILE_DAMAGED: '文件已损坏，无法读取。请重新另存为 .docx 后再导入。',
}

export function planFileProblem(code: PlanFileCode, fileName: string): PlanFileProblem {
  return { code, detail: details[code], fileName }
}
