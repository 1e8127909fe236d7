import type { Metadata } from 'next';
import type { ReactNode } from 'react';

import { SchoolProvider } from '../components/school';
import './style.css';

export const metadata: Metadata = {
  title: 'Terakoya',
  description: 'A self-hosted online school',
  icons: { icon: 'data:,' },
};

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <SchoolProvider>{children}</SchoolProvider>
      </body>
    </html>
  );
}
