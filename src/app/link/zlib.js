// The browser's own zlib, which adds no code to the page.

/** Compresses bytes. */
export async function pack(bytes) {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Decompresses bytes, up to slightly more than `most`: a few bytes can expand a thousandfold. */
export async function unpack(bytes, most) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const pieces = [];
  for (let length = 0; length <= most; ) {
    const { done, value } = await reader.read();
    if (done) return joined(pieces);
    pieces.push(value);
    length += value.length;
  }
  await reader.cancel();
  return joined(pieces);
}

const joined = async (pieces) => new Uint8Array(await new Blob(pieces).arrayBuffer());
