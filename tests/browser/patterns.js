// How marks look once colours are taken away: for each group of marks, each kind with the patterns it shows.
// A pattern counts what is left without colour: lines, hatching, shapes, and whether it is filled with ink.
({ groups, paper }) => {
  const bare = (value) => value.replace(/(rgba?|color|oklch|oklab|hsla?)\([^)]*\)/g, "·").replace(/#\w+/g, "·");
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  // How light a colour is on a ground, from 0 to 1.
  const light = (colour, ground) => {
    canvas.fillStyle = ground;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  };
  const ground = paper ? "#fff" : getComputedStyle(document.body).backgroundColor;
  const ink = (colour) => (Math.abs(light(colour, ground) - light(ground, ground)) > 0.4 ? "filled" : "none");
  const line = (style, side) =>
    ["none", "hidden"].includes(style[`${side}Style`]) || style[`${side}Width`] === "0px"
      ? "none"
      : `${style[`${side}Style`]} ${style[`${side}Width`]}`;
  const pattern = (one, pseudo) => {
    const style = getComputedStyle(one, pseudo);
    if (pseudo && style.content === "none") return "";
    const printed = !paper || style.printColorAdjust === "exact" || style.webkitPrintColorAdjust === "exact";
    const drawn = printed ? bare(style.backgroundImage) : "none";
    return [
      pseudo ? style.content : "",
      `ground ${drawn}${drawn === "none" ? "" : ` ${style.backgroundSize}`}`,
      `ink ${printed ? ink(style.backgroundColor) : "none"}`,
      ...["borderTop", "borderBottom", "borderLeft", "outline"].map((side) => `${side} ${line(style, side)}`),
      style.textDecorationLine === "none"
        ? "no line"
        : `${style.textDecorationLine} ${style.textDecorationStyle} ${style.textDecorationThickness}`,
      style.maskImage === "none" ? "" : bare(style.maskImage),
      style.clipPath === "none" ? "" : style.clipPath,
    ].join("; ");
  };
  const shape = (one) =>
    [...one.querySelectorAll("svg, svg *")]
      .map((each) => `${each.localName}${each.getAttribute("d") ?? ""}${each.getAttribute("stroke-dasharray") ?? ""}`)
      .join(" ");
  const said = {};
  for (const [group, kinds] of Object.entries(groups)) {
    said[group] = {};
    for (const [kind, selector] of Object.entries(kinds)) {
      const looks = [...document.querySelectorAll(selector)]
        .filter((one) => one.checkVisibility())
        .map((one) => [pattern(one), pattern(one, "::before"), pattern(one, "::after"), shape(one)].join(" | "));
      said[group][kind] = [...new Set(looks)];
    }
  }
  return said;
};
