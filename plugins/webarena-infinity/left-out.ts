const always = "its verifier passes the untouched app";
const never = "its verifier expects an amount that no end has, the authors' own included";

/** Tasks that say nothing about an agent, with the reason; `halo tasks audit` finds them (docs/webarena-infinity.md). */
export const leftOut: Readonly<Record<string, string>> = {
  "elation-patient-communication/h4": always,
  "figma-slides/e19": always,
  "handshake-career-exploration/e15": always,
  "handshake-career-exploration/m4": always,
  "handshake-career-exploration/h17": always,
  "superhuman-general/e3": always,
  "superhuman-general/e8": always,
  "superhuman-general/m9": always,
  "superhuman-general/m13": always,
  "superhuman-general/m14": always,
  "superhuman-general/h46": always,
  "xero-invoicing/m20": always,
  "elation-clinical-records/f20": always,
  "paypal-my-wallet/f45": always,
  "xero-invoicing/f26": never,
};
