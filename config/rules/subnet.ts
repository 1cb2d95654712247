/** What an address with its prefix belongs to. */
export interface Subnet {
  /** `172.31.0.0/24`. */
  text: string;
  /** The network's own address or the one for all, which no node can have. */
  isReserved: boolean;
}

/** @param address IPv4 with its prefix: `172.31.0.11/24` */
export function subnetOf(address: string): Subnet {
  const [ip = "", length = "32"] = address.split("/");
  const prefix = Number(length);
  const number = ip.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - prefix);
  const place = number % size;
  const first = number - place;
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return {
    text: `${bytes.join(".")}/${prefix}`,
    isReserved: prefix < 31 && (place === 0 || place === size - 1),
  };
}
