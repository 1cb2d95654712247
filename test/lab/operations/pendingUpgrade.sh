# shellcheck shell=sh
# Gives a node an upgrade that waits: package minirack-lab-note 1 is installed, 2 is in a repository of the node's own, and
# asks for a reboot as a kernel of Ubuntu does.
set -eu
repository=/srv/repository
mkdir -p "$repository"
for version in 1 2; do
  build=$(mktemp -d)
  mkdir "$build/DEBIAN"
  cat > "$build/DEBIAN/control" <<END
Package: minirack-lab-note
Version: $version
Architecture: all
Maintainer: nobody <nobody@example.org>
Description: a package of the lab
END
  if [ "$version" = 2 ]; then
    printf '#!/bin/sh\necho minirack-lab-note | tee -a /run/reboot-required.pkgs > /run/reboot-required\n' > "$build/DEBIAN/postinst"
    chmod 0755 "$build/DEBIAN/postinst"
  fi
  chmod 0755 "$build"
  dpkg-deb --build --root-owner-group "$build" "$repository/$version.deb" > /dev/null
  rm -r "$build"
done
dpkg --install "$repository/1.deb" > /dev/null
{
  dpkg-deb --field "$repository/2.deb"
  printf 'Filename: ./2.deb\nSize: %s\nSHA256: %s\n' "$(stat -c %s "$repository/2.deb")" "$(sha256sum "$repository/2.deb" | cut -d ' ' -f 1)"
} > "$repository/Packages"
# the only repository, so that nothing else is upgraded
rm -f /etc/apt/sources.list
echo "deb [trusted=yes] file:$repository ./" > /etc/apt/sources.list.d/minirack-lab.list
