/** Shown in place of the web application while it has not been built. Needs no other file. */
export const unbuiltPage = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>督联 · 网页尚未构建</title>
<style>
body { margin: 0; padding: 10vh 24px; font: 16px/1.7 system-ui, sans-serif; color: #1f2937; background: #f5f7fa; }
main { max-width: 36em; margin: 0 auto; }
h1 { font-size: 22px; }
code { padding: 2px 6px; border-radius: 4px; background: #e5e7eb; }
</style>
</head>
<body>
<main>
<h1>服务已启动，但网页尚未构建</h1>
<p>接口可以正常使用；要打开页面，请在项目目录运行 <code>npm start</code>，它会先构建网页再启动。构建完成后刷新本页即可。</p>
<p>运行状况见 <a href="/health/ready">/health/ready</a>，接口说明见 <a href="/docs/">/docs</a>。</p>
</main>
</body>
</html>
`
