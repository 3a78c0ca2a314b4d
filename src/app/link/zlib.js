// The browser's own zlib. Unlike a packer in WebAssembly it weighs nothing.

/** Packs bytes. */
export async function pack(bytes) {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Unpacks bytes, to a little more than `most` at most: a few bytes can hold a thousand times as many. */
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
