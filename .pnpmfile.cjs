// The Node platform packages publish `os` and `cpu` as plain strings. pnpm expects arrays and would install
// every platform's binary; wrapped, only this machine's is fetched.
function readPackage(manifest) {
  if (/^node-(bin-)?(linux|darwin|win)-/.test(manifest.name)) {
    for (const field of ['os', 'cpu']) {
      if (typeof manifest[field] === 'string') manifest[field] = [manifest[field]]
    }
  }
  return manifest
}

module.exports = { hooks: { readPackage } }
