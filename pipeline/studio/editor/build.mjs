// Builds the editor into ../static: `make editor`. The same sources give the same bytes.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [target] = process.argv.slice(2);

/** Every file the result depends on, by its path. */
function sources() {
  const files = readdirSync(join(here, "source"), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => relative(here, join(each.parentPath, each.name)).split(sep).join("/"));
  return [...files, "build.mjs", "package.json", "package-lock.json"].sort();
}

/** The hash by which a forgotten build is noticed; tests/studio/editor computes it, too. */
function hash() {
  const sum = createHash("sha256");
  for (const name of sources()) sum.update(`${name}\0`).update(readFileSync(join(here, name))).update("\0");
  return sum.digest("hex");
}

const options = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["chrome115", "firefox115", "safari16.4"],
  metafile: true,
  write: false,
};
const banner = `/* The editor of articles. Built by \`make editor\` from sources of sha256 ${hash()}; licences: editor.LICENSES.txt */\n`;
const code = await build({ ...options, entryPoints: ["source/main.js"], format: "iife", globalName: "BulletinEditor" });
const style = await build({ ...options, entryPoints: ["source/styles/editor.css"] });

/** The licences of the libraries that are in the result. */
function licences() {
  const inputs = [...Object.keys(code.metafile.inputs), ...Object.keys(style.metafile.inputs)];
  const names = new Set(inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
  const texts = [...names].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no licence`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  const rule = `\n${"-".repeat(72)}\n\n`;
  return `editor.js and editor.css contain these libraries.${rule}${texts.join(rule)}`;
}

mkdirSync(target, { recursive: true });
writeFileSync(join(target, "editor.js"), banner + code.outputFiles[0].text);
writeFileSync(join(target, "editor.css"), banner + style.outputFiles[0].text);
writeFileSync(join(target, "editor.LICENSES.txt"), licences());
