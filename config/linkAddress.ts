import { z } from "zod";

const interfaceName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/,
    "expected the name of a network interface, as eth1 or enp2s0; see ip link on the node",
  );

const address = z
  .string()
  .regex(
    /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/,
    "expected an IPv4 address with its prefix, as 172.31.0.11/24; write both",
  )
  .pipe(z.cidrv4("expected numbers up to 255, and a prefix up to 32, as 172.31.0.11/24; correct it"));

/** How a node's links are written: interface → static address with the length of its prefix. */
export const linkAddress = z.record(interfaceName, address);
