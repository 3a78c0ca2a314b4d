export default {
  title: "Shop",
  url: "https://docs.example",
  baseUrl: "/",
  trailingSlash: true,
  onBrokenLinks: "throw",
  scripts: ["https://plimsoll.example/embed.js"],
  themeConfig: { navbar: { title: "Shop" } },
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false, pages: false }]],
};
