/** Prints what is another text after each boot: the kernel's, and when systemd began, which is all that is new where the node is a container. */
export const bootCommand = "{ cat /proc/sys/kernel/random/boot_id; cut -d ' ' -f 22 /proc/1/stat; }";
