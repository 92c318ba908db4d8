// Computes workbooks given as JSON on standard input, and answers each formula's value.
const { HyperFormula } = require("hyperformula");
let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", () => {
  const answers = JSON.parse(text).map(({ sheets, names }) => {
    const engine = HyperFormula.buildFromSheets(
      sheets,
      {
        licenseKey: "gpl-v3",
        useArrayArithmetic: true,
        leapYear1900: false,
        nullDate: { year: 1899, month: 12, day: 30 },
        dateFormats: ["YYYY-MM-DD"],
      },
      names,
    );
    const values = {};
    for (const [name, rows] of Object.entries(sheets)) {
      const id = engine.getSheetId(name);
      rows.forEach((row, r) =>
        row.forEach((cell, c) => {
          if (typeof cell === "string" && cell.startsWith("=")) {
            const value = engine.getCellValue({ sheet: id, row: r, col: c });
            values[`${name}|${r + 1}|${c + 1}`] =
              value !== null && typeof value === "object" ? value.value : value;
          }
        }),
      );
    }
    engine.destroy();
    return values;
  });
  process.stdout.write(JSON.stringify(answers));
});
