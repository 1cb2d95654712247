import packageFile from "../package.json" with { type: "json" };

/** The version of minirack, which package.json alone says. */
export const { version } = packageFile;
